/** The frame in the HTML of the page, see index.html. It is shown until the program has something to show. */
const frame = () => document.getElementById('frame');

export function isFrameShown(): boolean {
  return frame() !== null;
}

/** Removes the frame. Use it as the `ref` of the element that replaces the frame, because React sets a `ref` before the browser draws. */
export function removeFrame(element: HTMLElement | null): void {
  if (element) frame()?.remove();
}
