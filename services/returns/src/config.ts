import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';

export interface ReturnsSettings {
  readonly CLAIM_DECISION_HOURS: number;
  readonly UNKNOWN_GOODS_DAYS: number;
}

export const returnsSettings: SettingsSpec<ReturnsSettings> = {
  CLAIM_DECISION_HOURS: wholeNumber(
    1,
    8_760,
  )({
    desc: 'a claim for damaged, missing or wrong goods is to be decided within so many hours; then it is overdue (`ClaimOverdue`). 1 to 8760.',
    default: 72,
  }),
  UNKNOWN_GOODS_DAYS: wholeNumber(
    1,
    365,
  )({
    desc: 'goods at a dock that name no order are overdue (`UnknownGoodsOverdue`) when nobody knows after so many days what they are. 1 to 365.',
    default: 7,
  }),
};
