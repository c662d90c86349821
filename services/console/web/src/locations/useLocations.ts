import { useQuery } from '@tanstack/react-query';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';

export type PlaceOfStock = Schemas['LocationPage']['items'][number];

/** As many as a list to choose from can hold. */
const MOST = 200;

/** Where stock is kept, by code. */
export const useLocations = () => {
  const { api } = useServices();
  return useQuery({
    queryKey: ['locations'],
    queryFn: async () => (await bodyOf(api.GET('/inventory/locations', { params: { query: { limit: MOST } } }))).items,
    staleTime: 60_000,
  });
};

/** To choose one of. */
export const choicesOf = (places: readonly PlaceOfStock[] | undefined): readonly (readonly [code: string, name: string])[] =>
  (places ?? []).map(({ code, name }) => [code, name === code ? code : `${code} · ${name}`]);
