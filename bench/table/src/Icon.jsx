// The same icons as in our table.
import { memo } from 'react';

const PATHS = {
  resync: 'M13.5 7A5.5 5.5 0 0 0 3.6 4.6L2 6.2M2 2.8v3.4h3.4M2.5 9a5.5 5.5 0 0 0 9.9 2.4L14 9.8m0 3.4V9.8h-3.4',
  regenerate: 'M7.6 8.4 13.5 2.5M11 5l2 2M9.2 6.8l1.6 1.6M8 10.5a2.9 2.9 0 1 1-5.8 0 2.9 2.9 0 0 1 5.8 0Z',
  disable: 'M5.5 3v10M10.5 3v10',
  delete: 'M2.5 4.2h11M6.2 4V2.5h3.6V4M4 4.4l.6 9.1h6.8l.6-9.1M6.6 7v4M9.4 7v4',
};

export const Icon = memo(function Icon({ name }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
});
