import type { AllTerms } from '../../domain/carrier-invoices/terms';
import type { OpenMoney } from './invoice-reports';

export interface OverLimitNeeds {
  readonly terms: () => Promise<AllTerms>;
  readonly open: () => Promise<readonly OpenMoney[]>;
}

/** By how much open findings exceed what is to be borne of them, of each currency with a limit: 0 where they do not. */
export const moneyOverLimit =
  ({ terms, open }: OverLimitNeeds) =>
  async (): Promise<readonly OpenMoney[]> => {
    const amounts = new Map((await open()).map(({ carrier, currency, amount }) => [`${carrier} ${currency}`, amount]));
    return [...(await terms()).values()].flatMap(({ carrier, alertOver }) =>
      Object.entries(alertOver).map(([currency, limit]) => ({
        ...{ carrier, currency, amount: Math.max(0, (amounts.get(`${carrier} ${currency}`) ?? 0) - limit) },
      })),
    );
  };
