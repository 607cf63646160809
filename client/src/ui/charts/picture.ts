import { textWidth } from './scales.ts'

const kept = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
  ...['stroke-linejoin', 'stroke-linecap', 'paint-order', 'opacity'],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline'],
]
const space = 'http://www.w3.org/2000/svg'
const margin = 16

type Words = { title: string; description?: string | undefined; note?: string | undefined }

function make(name: string, attributes: Record<string, string | number>, content = ''): SVGElement {
  const element = document.createElementNS(space, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  element.textContent = content
  return element
}

/** Writes the looks that come from style sheets onto the elements: a picture stands alone. */
function settle(sheet: Element): void {
  const elements = [sheet, ...sheet.querySelectorAll('*')]
  const looks = elements.map((element) => {
    const style = getComputedStyle(element)
    return kept.map((name) => [name, style.getPropertyValue(name)] as const)
  })
  for (const [index, element] of elements.entries()) {
    for (const [name, value] of looks[index] ?? []) if (value) element.setAttribute(name, value)
    element.removeAttribute('class')
  }
}

function placed(drawing: SVGSVGElement, x: number, y: number): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  for (const gone of copy.querySelectorAll('.fleeting')) gone.remove()
  copy.setAttribute('x', String(x))
  copy.setAttribute('y', String(y))
  for (const name of ['role', 'aria-label', 'aria-hidden', 'aria-describedby']) copy.removeAttribute(name)
  return copy
}

/** Text broken to a width, as SVG has none of that. */
function wrapped(words: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const piece of words.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) ?? []) {
    const wide = textWidth(piece, size)
    if (used + wide > width && line) {
      lines.push(line)
      line = ''
      used = 0
    }
    line += piece
    used += wide
  }
  return line ? [...lines, line] : lines
}

/** The chart with title, legend and note as one light SVG document. */
export function pictureOf(figure: HTMLElement, { title, description, note }: Words): string {
  const drawing = figure.querySelector<SVGSVGElement>('svg.plot')
  if (!drawing) return ''
  const width = Number(drawing.getAttribute('width')) + 2 * margin
  const sheet = make('svg', { xmlns: space, class: 'drawing' }) as SVGSVGElement
  const write = (words: string, size: number, look: string) => {
    for (const line of wrapped(words, width - 2 * margin, size)) {
      y += size * 1.4
      sheet.append(make('text', { x: margin, y, class: look }, line))
    }
  }
  let y = margin
  sheet.append(make('title', {}, title))
  write(title, 16, 'strong heading')
  if (description) write(description, 12, '')
  y += 10
  let x = margin
  for (const entry of figure.querySelectorAll('.legend li')) {
    const swatch = entry.querySelector('svg')
    const label = entry.textContent.trim()
    const wide = 52 + textWidth(label, 12)
    if (x > margin && x + wide > width - margin) {
      x = margin
      y += 20
    }
    if (swatch) sheet.append(placed(swatch, x, y))
    sheet.append(make('text', { x: x + 36, y: y + 11 }, label))
    x += wide
  }
  if (x > margin) y += 26
  sheet.append(placed(drawing, margin, y))
  y += Number(drawing.getAttribute('height'))
  if (note) write(note, 12, '')
  const height = Math.ceil(y + margin)
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) {
    sheet.setAttribute(name, String(value))
  }
  return onPaper(sheet)
}

function onPaper(sheet: SVGSVGElement): string {
  const paper = document.createElement('div')
  paper.className = 'paper unseen'
  paper.append(sheet)
  document.body.append(paper)
  settle(sheet)
  paper.remove()
  sheet.prepend(make('rect', { width: '100%', height: '100%', fill: '#ffffff' }))
  return new XMLSerializer().serializeToString(sheet)
}

/** The picture as PNG, twice as fine as the screen. */
export async function pngOf(picture: string): Promise<Blob> {
  const image = new Image()
  const address = URL.createObjectURL(new Blob([picture], { type: 'image/svg+xml' }))
  try {
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width * 2
    canvas.height = image.height * 2
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!made) throw new Error('no picture')
    return made
  } finally {
    URL.revokeObjectURL(address)
  }
}
