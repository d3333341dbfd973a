import { useEffect, useRef, type ReactNode } from 'react';

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Campaigns' : `${title} · Campaigns`;
  }, [title]);
}

/** Whether the console has shown a page before: the first one must not take the focus from where the browser put it. */
let arrived = false;

/** A page's heading. Coming from another page the focus moves to it, so that a screen reader says where one is. */
export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  usePageTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true });
    arrived = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} dir="auto">
      {children ?? title}
    </h1>
  );
}
