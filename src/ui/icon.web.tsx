/** One family of line icons on a 24 grid; a name of a manifest that is not drawn yet gets the plain sheet. */
const drawings: Readonly<Record<string, string>> = {
  house: 'M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-6h4v6',
  search: 'M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14ZM16 16l5 5',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4l2-2ZM10 21h4',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c.8-4 4-6 8-6s7.2 2 8 6',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.900 1.900 6.500 5.500M16 4.500a3.500 3.500 0 0 1 0 6.500M18 15c2 .8 3.200 2.500 3.500 5',
  building: 'M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3',
  lock: 'M6 11h12v10H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11',
  key: 'M8 19a4 4 0 1 1 0-8 4 4 0 0 1 0 8ZM11 12.500 20 4M17 7l2.500 2.500',
  shield: 'M12 3 4.500 6v5.500c0 4.500 3 7.800 7.500 9.500 4.500-1.700 7.500-5 7.500-9.500V6L12 3ZM9 12l2.200 2.200L15.200 10',
  check: 'M5 12.500 10 17.500 19.500 7',
  approval: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM8 12.300l2.800 2.700L16 9.500',
  cart: 'M3 4h2.500l2 11.500h10.500l2-8.500H6.200M9 20.500h.01M17 20.500h.01',
  box: 'M12 3 4 7v10l8 4 8-4V7l-8-4ZM4 7l8 4 8-4M12 11v10',
  warehouse: 'M3 21V9l9-5 9 5v12M7 21v-8h10v8M7 17h10',
  truck: 'M2 6h11v11H2zM13 10h5l4 4v3h-9M6.500 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM17.500 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  sale: 'M4 4h8l8 8-8 8-8-8zM8.500 8.500h.01',
  trace:
    'M6 7a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM18 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM6 22a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM6 7v10M6 12h9.500',
  ledger: 'M5 3h14v18H5zM9 3v18M12.500 8H16M12.500 12H16',
  coins: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM8.500 7.500 12 12l3.500-4.500M12 12v5.500M9 13h6M9 15.500h6',
  chart: 'M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6',
  globe: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM3 12h18M12 3c3 3 3 15 0 18-3-3-3-15 0-18Z',
  rules: 'M4 6h9M4 12h6M4 18h9M17 5v14M14 16l3 3 3-3',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  history: 'M4 12a8 8 0 1 1 2.500 5.800M4 12V7M4 12h5M12 8v4.500l3 2',
  settings:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M18.400 5.600l-2.100 2.100M7.700 16.300l-2.100 2.100',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M19 5l-1.500 1.500M6.500 17.500 5 19',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500Z',
  screen: 'M3 5h18v11H3zM8 20h8M12 16v4',
  language: 'M3 6h10M8 4v2c0 4-2 7-5 8.500M5 9c1 3 3.500 5 6.500 5.500M12 20l4.500-10L21 20M13.500 17h6',
  menu: 'M4 6h16M4 12h16M4 18h16',
  narrow: 'M4 4h16v16H4zM9 4v16M16 9l-3 3 3 3',
  wide: 'M4 4h16v16H4zM9 4v16M13 9l3 3-3 3',
  down: 'M6 9.500 12 15.500l6-6',
  right: 'M9.500 6 15.500 12l-6 6',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  plus: 'M12 5v14M5 12h14',
  warning: 'M12 4 2.500 20h19L12 4ZM12 10v4.500M12 17.500h.01',
  refused: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM9 9l6 6M15 9l-6 6',
  info: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM12 11v6M12 7.500h.01',
  offline:
    'M3 3l18 18M8.500 15.500a5 5 0 0 1 6.500 0M5 12a10 10 0 0 1 4-2.300M19 12a10 10 0 0 0-5-2.600M2 8.500a15 15 0 0 1 4-2.500M22 8.500A15 15 0 0 0 11 5M12 19h.01',
  help: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 17h.01',
  exit: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8v8M11 8v8M13.500 8v8M16 8v8',
  clock: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM12 7v5.500l3.500 2',
  comment: 'M4 4h16v12h-9l-5 4v-4H4z',
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 10v9',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  eye: 'M2 12c2.500-4.500 6-7 10-7s7.500 2.500 10 7c-2.500 4.500-6 7-10 7s-7.500-2.500-10-7ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  link: 'M10 14a4 4 0 0 0 5.700 0l3.500-3.500a4 4 0 0 0-5.700-5.700L12 6.300M14 10a4 4 0 0 0-5.700 0l-3.500 3.500a4 4 0 0 0 5.700 5.700L12 17.700',
  flag: 'M5 21V4h13l-3 4.500 3 4.500H5',
  download: 'M12 4v11M7 10.500l5 5 5-5M4 20h16',
  upload: 'M12 16V5M7 9.500l5-5 5 5M4 20h16',
  columns: 'M4 5h16v14H4zM9.300 5v14M14.700 5v14',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8 3.500V7M16 3.500V7',
  swap: 'M4 8h15l-4-4M20 16H5l4 4',
  filter: 'M4 5h16l-6.500 8v6l-3-1.500V13L4 5Z',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  clip: 'M19 11.500 12 18.500a4.500 4.500 0 0 1-6.400-6.400L13 4.700a3 3 0 0 1 4.300 4.300l-7.200 7.200a1.500 1.500 0 0 1-2.100-2.100l6.500-6.500',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  edit: 'M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4',
  up: 'M6 14.500 12 8.500l6 6',
  left: 'M14.500 6 8.500 12l6 6',
  send: 'M4 12 20 4l-5 16-4-6.500L4 12ZM11 13.500 20 4',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  star: 'M12 4l2.500 5.200 5.700.7-4.200 3.900 1.100 5.700L12 16.700 6.900 19.500 8 13.800 3.800 9.900l5.700-.7L12 4Z',
  medicine: 'M4 8h16v12H4zM9 8V5h6v3M12 11v6M9 14h6',
  dots: 'M12 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z',
  inbox: 'M4 13 7 5h10l3 8v6H4v-6ZM4 13h5l1 2.500h4L15 13h5',
  read: 'M12 6.500C10 5 7 4.500 3.500 5v13.500c3.500-.5 6.500 0 8.500 1.500 2-1.500 5-2 8.500-1.500V5C17 4.500 14 5 12 6.500ZM12 6.500V20',
  shop: 'M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0Z',
  apps: 'M4 4h6.500v6.500H4zM13.500 4H20v6.500h-6.500zM4 13.500h6.500V20H4zM13.500 13.500H20V20h-6.500z',
  mail: 'M3 5h18v14H3zM3 7l9 6 9-6',
};

const aliases: Readonly<Record<string, string>> = {
  access: 'key',
  audit: 'approval',
  organisation: 'building',
  documents: 'file',
  party: 'people',
  catalogue: 'box',
  procurement: 'cart',
  sales: 'sale',
  finance: 'coins',
  quality: 'shield',
  traceability: 'trace',
  analytics: 'chart',
  integration: 'link',
  crossborder: 'globe',
  stock: 'box',
  inventory: 'box',
  journal: 'ledger',
  book: 'ledger',
  team: 'people',
  users: 'people',
  bank: 'building',
  dictionary: 'read',
  'account-book': 'ledger',
  home: 'warehouse',
  appstore: 'apps',
  circle: 'dots',
  'file-text': 'file',
  'medicine-box': 'medicine',
  profile: 'table',
  safety: 'shield',
  import: 'upload',
  export: 'download',
  attachment: 'clip',
  delete: 'trash',
  timeline: 'history',
};

export function Icon({ name, size = 18 }: { name: string; size?: number }) {
  const d = drawings[name] ?? drawings[aliases[name] ?? 'file'] ?? drawings['file'];
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={d} />
    </svg>
  );
}

/** The mark of the product. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#0b6e72" />
      <path d="M7 23V11.5l6 7.2 6-7.2V23" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M25 9v6M22 12h6" stroke="#9fdcd8" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
