/** Names typed one behind the other, parted by any usual mark. */
export function namesOf(text: string, most: number): string[] {
  return text.split(/[、，,；;\n]+/).map((name) => name.trim().replace(/。$/, '').slice(0, 60)).filter((name) => name !== '').slice(0, most)
}
