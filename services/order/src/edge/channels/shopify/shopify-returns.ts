import { ownValue } from '@cartage/contracts';
import { refusedByChannel } from '../refused-by-channel';
import { refuseIfAny, type ShopifyApi, type UserError } from './shopify-api';

const STATUS = `query StatusOfReturn($id: ID!) {
  return(id: $id) { status }
}`;

const mutations = {
  approve: `mutation Approve($input: ReturnApproveRequestInput!) {
  returnApproveRequest(input: $input) { return { id } userErrors { field message } }
}`,
  decline: `mutation Decline($input: ReturnDeclineRequestInput!) {
  returnDeclineRequest(input: $input) { return { id } userErrors { field message } }
}`,
  close: `mutation Close($id: ID!) {
  returnClose(id: $id) { return { id } userErrors { field message } }
}`,
} as const;

type Step = keyof typeof mutations;

/** In which status each step is still to be done. */
const before: Readonly<Record<Step, string>> = { approve: 'REQUESTED', decline: 'REQUESTED', close: 'OPEN' };

/** Shopify's reasons, by ours; what is not named is `OTHER`. */
const reasons: Readonly<Record<string, string>> = { 'final-sale': 'FINAL_SALE', 'window-passed': 'RETURN_PERIOD_ENDED' };

const gidOf = (channelReturnId: string): string => `gid://shopify/Return/${channelReturnId}`;

const variablesOf = (step: Step, id: string, reason: string): object => {
  if (step === 'close') return { id };
  const declineReason = ownValue(reasons, reason) ?? 'OTHER';
  return { input: step === 'approve' ? { id } : { id, declineReason, declineNote: `Cartage: ${reason}` } };
};

export interface ReturnStep {
  readonly step: Step;
  readonly channelReturnId: string;
  readonly reason?: string | undefined;
}

/** Takes a return on there; answers whether there was anything left to do. What Shopify has got further with by itself is left as it is. */
export const takeReturnOn = async (api: ShopifyApi, { step, channelReturnId, reason = 'other' }: ReturnStep): Promise<boolean> => {
  const id = gidOf(channelReturnId);
  const { return: there } = await api.ask<{ readonly return: { readonly status: string } | null }>(STATUS, { id });
  if (!there) throw refusedByChannel([{ field: 'id', code: 'NOT_FOUND', message: `Shopify has no return ${channelReturnId}.` }]);
  if (there.status !== before[step]) return false;
  const answer = await api.ask<Readonly<Record<string, { readonly userErrors: readonly UserError[] }>>>(
    mutations[step],
    variablesOf(step, id, reason),
  );
  for (const { userErrors } of Object.values(answer)) refuseIfAny(userErrors);
  return true;
};
