import type { ReactNode } from 'react';

interface IconProps {
  children: ReactNode;
  /** True if the icon points along the line of writing, so that a right-to-left page shows its mirror image. */
  directional?: boolean;
}

function Icon({ children, directional = false }: IconProps) {
  return (
    <svg
      className={directional ? 'icon icon-directional' : 'icon'}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const MoreIcon = () => (
  <Icon>
    <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.6" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <circle cx="8.75" cy="8.75" r="5.25" />
    <path d="m16.5 16.5-4-4" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M10 4.5v11M4.5 10h11" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m5.5 5.5 9 9M14.5 5.5l-9 9" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="m6 8 4 4 4-4" />
  </Icon>
);
export const BackIcon = () => (
  <Icon directional>
    <path d="M15.5 10h-11m4.5-4.5L4.5 10 9 14.5" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="7.5" y="7.5" width="9" height="9" rx="1.75" />
    <path d="M12.5 4.75a1.25 1.25 0 0 0-1.25-1.25h-6.5A1.25 1.25 0 0 0 3.5 4.75v6.5a1.25 1.25 0 0 0 1.25 1.25" />
  </Icon>
);
export const PersonIcon = () => (
  <Icon>
    <circle cx="10" cy="7" r="3" />
    <path d="M4.5 16.5c.8-3 3-4.5 5.5-4.5s4.7 1.5 5.5 4.5" />
  </Icon>
);

/** The product's logo. icon.svg has the same one. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect className="mark-ground" width="32" height="32" rx="8" />
    <path
      className="mark-line"
      d="M8 12.500h10M8 19.500h7M21 9.500v13m3.5-9v6"
      fill="none"
      strokeWidth="2.6"
      strokeLinecap="round"
    />
  </svg>
);
