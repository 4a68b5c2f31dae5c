/** A shortcut as keys: `mod+k` → Ctrl K, `g d` → G D. */
export function ShortcutKeys({ keys }: { readonly keys: string }) {
  const parts = keys.split(/[ +]/)
  return (
    <span className="keys">
      {parts.map((part, index) => (
        <kbd key={`${index}-${part}`}>{nameOf(part)}</kbd>
      ))}
    </span>
  )
}

function nameOf(part: string): string {
  if (part === 'mod') return navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl'
  return part.length === 1 ? part.toUpperCase() : part
}
