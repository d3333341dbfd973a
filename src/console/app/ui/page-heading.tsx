import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '../language/language.ts';

export function usePageTitle(page: string): void {
  const title = t('page.title', { page });
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** The first page does not take the focus, because the browser has set it already. */
let isFirstPage = true;

/** A page's heading. It gets the focus when the user comes from another page, so that screen readers read it out. */
export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  usePageTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} dir="auto">
      {children ?? title}
    </h1>
  );
}
