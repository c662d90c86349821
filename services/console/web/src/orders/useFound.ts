import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useServices } from '../api/services';
import { withAnyNews } from '../live/live';
import { findOrders, type Found } from './finding';
import { waysOf } from './ways';

const STILL_MS = 200;

/** The text once nobody types any more. */
export const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), STILL_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
};

/** Orders that a text may mean. */
export const useFound = (text: string): UseQueryResult<readonly Found[]> => {
  const { api } = useServices();
  return useQuery({
    queryKey: ['orders', 'found', text],
    queryFn: () => findOrders(api, text),
    enabled: waysOf(text).length > 0,
    meta: withAnyNews,
  });
};
