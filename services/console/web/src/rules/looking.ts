import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useServices } from '../api/services';
import { readRules, type RulesAddress, type View } from './address';
import type { RuleKind, RuleText } from './kinds/kind';

/** Rules of one kind, or one policy or template of it. */
export interface OfRules {
  readonly kind: RuleKind;
  readonly set: string;
}

/** Changes what of the address it is given; the rest stays. */
export const useLook = (): ((part: { readonly version?: string; readonly view?: View | undefined }) => void) => {
  const navigate = useNavigate();
  return (part) => void navigate({ to: '.', search: (before: RulesAddress) => readRules({ ...before, ...part }), resetScroll: false });
};

/** What a version says. It never changes: only what is drafted is new. */
export const useText = ({ kind, set }: OfRules, version: string | undefined): UseQueryResult<RuleText> => {
  const { api } = useServices();
  return useQuery({
    queryKey: ['rules', kind.id, 'text', set, version],
    queryFn: () => kind.read(api, set, version ?? ''),
    enabled: version !== undefined,
  });
};
