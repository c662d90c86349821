import { useState } from 'react';

const KEPT = 'cartage.warehouse.location';

/** The location that this device stands at, once somebody has said so. */
export const useWorkplace = (): readonly [location: string | undefined, choose: (location: string | undefined) => void] => {
  const [location, setLocation] = useState(() => localStorage.getItem(KEPT) ?? undefined);
  const choose = (chosen: string | undefined): void => {
    if (chosen === undefined) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, chosen);
    setLocation(chosen);
  };
  return [location, choose];
};
