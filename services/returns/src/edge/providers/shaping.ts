import { invalidField, Refused } from '@cartage/eventsourcing';
import { shapedEach } from '@cartage/service-kit';
import type { ShapedNotice } from '../../app/providers/provider-notices';
import type { ReceivedItem } from '../../domain/commands';
import type { ProviderNotice } from '../../domain/provider-notice';
import { ProviderNoticeDto, type ProviderLineDto } from './notice.dto';

type Dto = ProviderNoticeDto;

const missing = (field: string): Refused => invalidField(field, 'REQUIRED', 'must be there');

const required = <Value>(value: Value | undefined, field: string): Value => {
  if (value === undefined) throw missing(field);
  return value;
};

const linesOf = <Line>({ lines }: Dto, each: (line: ProviderLineDto, field: string) => Line): readonly Line[] =>
  required(lines, 'lines').map((line, i) => each(line, `lines[${i}]`));

const lineUnits = ({ lineId, quantity }: ProviderLineDto, field: string) => ({
  lineId: required(lineId, `${field}.lineId`),
  quantity: required(quantity, `${field}.quantity`),
});

const itemOf = ({ lineId, sku, quantity }: ProviderLineDto, field: string): ReceivedItem => {
  if (lineId === undefined && sku === undefined) throw missing(`${field}.lineId`);
  return {
    quantity: required(quantity, `${field}.quantity`),
    ...(lineId === undefined ? {} : { lineId }),
    ...(sku === undefined ? {} : { sku }),
  };
};

const named = ({ id }: Dto): { readonly id?: string } => (id === undefined ? {} : { id });

const refundDue = (dto: Dto): ProviderNotice => {
  const amount = required(dto.amount, 'amount');
  if (amount === 0) throw invalidField('amount', 'MONEY_INVALID', 'must be more than nothing');
  return {
    ...{ kind: 'refund-due', refundId: required(dto.refundId, 'refundId'), amount, currency: required(dto.currency, 'currency') },
    ...{ tender: dto.tender ?? 'original', lines: linesOf(dto, lineUnits) },
  };
};

const decided = (dto: Dto): ProviderNotice => ({
  ...{ kind: 'decided', decision: required(dto.decision, 'decision'), note: dto.note ?? 'By the returns provider.' },
  ...(dto.lines ? { lines: linesOf(dto, ({ lineId }, field) => required(lineId, `${field}.lineId`)) } : {}),
});

const notices: { readonly [Kind in ProviderNotice['kind']]: (dto: Dto) => ProviderNotice } = {
  requested: (dto) => ({
    ...{ kind: 'requested', orderId: required(dto.orderId, 'orderId'), standing: dto.standing ?? 'requested' },
    ...(dto.tender === undefined ? {} : { tender: dto.tender }),
    lines: linesOf(dto, (line, field) => ({ ...lineUnits(line, field), reason: required(line.reason, `${field}.reason`) })),
  }),
  decided,
  received: (dto) => ({ kind: 'received', ...named(dto), location: required(dto.location, 'location'), lines: linesOf(dto, itemOf) }),
  graded: (dto) => ({
    ...{ kind: 'graded', ...named(dto) },
    lines: linesOf(dto, (line, field) => ({
      ...itemOf(line, field),
      ...(line.grade === undefined ? {} : { grade: line.grade }),
      ...(line.disposition === undefined ? {} : { disposition: line.disposition }),
    })),
  }),
  'refund-due': refundDue,
  ended: ({ how }) => ({ kind: 'ended', how: required(how, 'how') }),
};

/** What a provider says, in our form; refused by its own fields. */
export const shapedNotice = (body: unknown): ShapedNotice => {
  const [dto] = shapedEach(ProviderNoticeDto, [body]);
  if (!dto || dto instanceof Refused) throw dto ?? missing('body');
  return { reference: dto.reference, notice: notices[dto.type](dto) };
};
