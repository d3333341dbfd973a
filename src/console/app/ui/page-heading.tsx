import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import { useScrollToTop } from './use-scroll-to-top.ts';

export function usePageTitle(page: string): void {
  const title = t('page.title', { page });
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** The first page does not take the focus, because the browser has set it already. */
let isFirstPage = true;

interface Props {
  title: string;
  /** The part of the page that is shown, if it shows one at a time. */
  part?: string;
  children?: ReactNode;
}

/**
 * A page's heading. It gets the focus when the user comes from another page, so that screen readers read it out. The page begins at its
 * top, unless it is a list that scrolls to an earlier place.
 */
export function PageHeading({ title, part, children }: Props) {
  usePageTitle(title);
  useScrollToTop(part);
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
