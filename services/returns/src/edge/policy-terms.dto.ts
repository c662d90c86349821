import { dispositions, type Disposition } from '@cartage/contracts';
import {
  IsCode,
  IsCurrency,
  IsMoney,
  IsQuantity,
  IsTruth,
  Nested,
  NestedList,
  OptionalNested,
  OptionalNestedList,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import {
  exchangeTerms,
  payersOfTheWayBack,
  refundMoments,
  refundTenders,
  waysToSendBack,
  type ExchangeTerm,
  type PayerOfTheWayBack,
  type RefundMoment,
  type RefundTender,
  type SendBack,
} from '../domain/policy';

export const AMOUNTS = { min: 0, max: 200 };
const percent = { least: 0, most: 100 };
const days = { least: 0, most: 3_650 };

export class PolicyAmountDto {
  @ApiProperty({ example: 'GBP', description: 'ISO 4217.' })
  @IsCurrency()
  readonly currency!: string;

  @ApiProperty({ example: 50_000, description: 'Minor units of the currency.' })
  @IsMoney()
  readonly amount!: number;
}

class PercentByGradeDto {
  @IsQuantity(percent)
  readonly A!: number;
  @IsQuantity(percent)
  readonly B!: number;
  @IsQuantity(percent)
  readonly C!: number;
  @IsQuantity(percent)
  readonly scrap!: number;
}

const kept = dispositions.filter((disposition) => disposition !== 'missing');

class DispositionByGradeDto {
  @ApiProperty({ enum: kept })
  @IsIn(kept)
  readonly A!: Disposition;
  @ApiProperty({ enum: kept })
  @IsIn(kept)
  readonly B!: Disposition;
  @ApiProperty({ enum: kept })
  @IsIn(kept)
  readonly C!: Disposition;
  @ApiProperty({ enum: kept })
  @IsIn(kept)
  readonly scrap!: Disposition;
}

export class SendBackDto {
  @ApiProperty({
    enum: waysToSendBack,
    description: 'With a label of ours, or a code that a carrier’s counter prints one from; brought to a store; or as the customer likes.',
  })
  @IsIn(waysToSendBack)
  readonly by!: SendBack['by'];

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Location code; a label needs it.' })
  @IsOptional()
  @IsCode()
  readonly to?: string;

  @ApiPropertyOptional({ example: 'simulated', description: 'Of a label: by which carrier. Absent: whoever costs least.' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ example: 'standard', description: 'Its service.' })
  @IsOptional()
  @IsCode()
  readonly service?: string;
}

const says = {
  windowDays: 'A return may be asked for until the end of this many days after the day of delivery, by the clocks of the destination.',
  finalSale: 'It may not be sent back because it does not please.',
  restockingFeePercent: 'Kept back of every refund, percent.',
  refundOn: 'When the money goes back: at once, with the carrier’s first scan, the receipt at a dock, or the inspection.',
  tender: 'In which way it goes back, unless the customer chooses.',
  wayBack: 'Who pays for bringing it back.',
  sendBack: 'How it is sent back. As the customer likes if absent.',
  exchange:
    'Whether it is exchanged for other goods, and when those are sent: once it is back, or at once where the customer wants. `after-return` if absent.',
  keepUpTo: 'Up to so much the customer keeps it and is paid all the same; only in the currencies that are named.',
};

export class ReturnTermsDto {
  @ApiProperty({ description: says.windowDays })
  @IsQuantity(days)
  readonly windowDays!: number;

  @ApiProperty({ description: says.finalSale })
  @IsTruth()
  readonly finalSale!: boolean;

  @Nested(() => PercentByGradeDto, { description: 'How much of the price comes back, by condition, percent.' })
  readonly refundPercent!: PercentByGradeDto;

  @ApiProperty({ description: says.restockingFeePercent })
  @IsQuantity(percent)
  readonly restockingFeePercent!: number;

  @Nested(() => DispositionByGradeDto, { description: 'What becomes of a unit, by condition.' })
  readonly disposition!: DispositionByGradeDto;

  @ApiProperty({ enum: refundMoments, description: says.refundOn })
  @IsIn(refundMoments)
  readonly refundOn!: RefundMoment;

  @ApiProperty({ enum: refundTenders, description: says.tender })
  @IsIn(refundTenders)
  readonly tender!: RefundTender;

  @ApiProperty({ enum: payersOfTheWayBack, description: says.wayBack })
  @IsIn(payersOfTheWayBack)
  readonly wayBack!: PayerOfTheWayBack;

  @OptionalNested(() => SendBackDto, { description: says.sendBack })
  readonly sendBack?: SendBackDto;

  @NestedList(() => PolicyAmountDto, AMOUNTS, { description: says.keepUpTo })
  readonly keepUpTo!: readonly PolicyAmountDto[];

  @ApiPropertyOptional({ enum: exchangeTerms, description: says.exchange })
  @IsOptional()
  @IsIn(exchangeTerms)
  readonly exchange?: ExchangeTerm;
}

export class ReturnTermsChangeDto {
  @ApiPropertyOptional({ description: says.windowDays })
  @IsOptional()
  @IsQuantity(days)
  readonly windowDays?: number;

  @ApiPropertyOptional({ description: says.finalSale })
  @IsOptional()
  @IsTruth()
  readonly finalSale?: boolean;

  @OptionalNested(() => PercentByGradeDto)
  readonly refundPercent?: PercentByGradeDto;

  @ApiPropertyOptional({ description: says.restockingFeePercent })
  @IsOptional()
  @IsQuantity(percent)
  readonly restockingFeePercent?: number;

  @OptionalNested(() => DispositionByGradeDto)
  readonly disposition?: DispositionByGradeDto;

  @ApiPropertyOptional({ enum: refundMoments, description: says.refundOn })
  @IsOptional()
  @IsIn(refundMoments)
  readonly refundOn?: RefundMoment;

  @ApiPropertyOptional({ enum: refundTenders, description: says.tender })
  @IsOptional()
  @IsIn(refundTenders)
  readonly tender?: RefundTender;

  @ApiPropertyOptional({ enum: payersOfTheWayBack, description: says.wayBack })
  @IsOptional()
  @IsIn(payersOfTheWayBack)
  readonly wayBack?: PayerOfTheWayBack;

  @OptionalNested(() => SendBackDto, { description: says.sendBack })
  readonly sendBack?: SendBackDto;

  @OptionalNestedList(() => PolicyAmountDto, AMOUNTS, { description: says.keepUpTo })
  readonly keepUpTo?: readonly PolicyAmountDto[];

  @ApiPropertyOptional({ enum: exchangeTerms, description: says.exchange })
  @IsOptional()
  @IsIn(exchangeTerms)
  readonly exchange?: ExchangeTerm;
}
