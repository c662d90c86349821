import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useServices } from '../api/services';
import { scannedThing, type Goods, type Scanned } from '../items/scanned';

/** What is scanned, by SKU or by barcode, as an item and its units: one after the other, in the order in which it was read. */
export const useReading = (
  scope: string,
  goods: readonly Goods[],
  onRead: (scanned: Scanned) => void,
): UseMutationResult<Scanned, Error, string> => {
  const { api } = useServices();
  return useMutation({
    scope: { id: `reading ${scope}` },
    mutationFn: (text: string) => scannedThing(api, goods, text),
    onSuccess: onRead,
  });
};
