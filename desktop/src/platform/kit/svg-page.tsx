import { useEffect, useState } from 'react'

/** A page drawn by the server, as an image, so that nothing in it can act. A4 at 96 dpi unless the style sheet makes it smaller. */
export function SvgPage({ svg, label }: { readonly svg: string; readonly label: string }) {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [svg])
  return url === null ? null : <img width={794} height={1123} alt={label} src={url} />
}
