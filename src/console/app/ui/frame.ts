/** The frame that the page itself has, see index.html. It is shown until the program has something to show. */
const frame = () => document.getElementById('frame');

export function isFrameShown(): boolean {
  return frame() !== null;
}

/** Takes the frame's place. It is the `ref` of what does so, because a `ref` is set before the browser draws. */
export function removeFrame(element: HTMLElement | null): void {
  if (element) frame()?.remove();
}
