import {
  IsCode,
  IsCurrency,
  IsExternalId,
  IsInstant,
  IsLineId,
  IsMoney,
  IsPlainText,
  IsQuantity,
  IsSku,
  IsTruth,
  OptionalNestedList,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { labelGivers, type LabelGiver } from '../../app/partners/partner';
import { noticeKinds } from '../../domain/partner-notice';
import { HEAVIEST_GRAMS, MeasuredParcelDto, MOST_LINES, MOST_PARCELS, PackedLineDto } from '../shipments.dto';

export const noticeTypes = [...noticeKinds, 'stock'] as const;
export type NoticeType = (typeof noticeTypes)[number];
const effects = ['keep', 'zero', 'minus'] as const;

const MOST_SKUS = 100_000;
const YEAR_MS = 365 * 86_400_000;

export class PartnerLineDto {
  @ApiProperty({ example: '1', description: 'As in the request.' })
  @IsLineId()
  readonly lineId!: string;

  @ApiPropertyOptional({
    minimum: 0,
    description: 'Units that are there (`picked`), or that are meant (`accepted`, `rejected`). Absent: all but what is short.',
  })
  @IsOptional()
  @IsQuantity({ least: 0 })
  readonly quantity?: number;

  @ApiPropertyOptional({ minimum: 0, description: 'Units that are not there.' })
  @IsOptional()
  @IsQuantity({ least: 0 })
  readonly short?: number;

  @ApiPropertyOptional({ example: 'damaged', description: 'Why they are short.' })
  @IsOptional()
  @IsCode()
  readonly code?: string;
}

export class PartnerParcelDto extends MeasuredParcelDto {
  @ApiPropertyOptional({ minimum: 1, description: 'Gross weight in grams.' })
  @IsOptional()
  @IsQuantity({ most: HEAVIEST_GRAMS })
  readonly weightGrams?: number;

  @ApiPropertyOptional({ example: 'JD014600003', description: 'Of a carrier of your own.' })
  @IsOptional()
  @IsExternalId()
  readonly trackingNumber?: string;

  @OptionalNestedList(() => PackedLineDto, { max: MOST_LINES }, { description: 'What is in it; of a single parcel all of it, if absent.' })
  readonly lines?: readonly PackedLineDto[];
}

export class PartnerStockDto {
  @ApiProperty({ example: 'MUG' })
  @IsSku()
  readonly sku!: string;

  @ApiPropertyOptional({
    minimum: 0,
    example: 118,
    description: 'Units physically there, those included that you were asked for and have not sent.',
  })
  @IsOptional()
  @IsQuantity({ least: 0 })
  readonly onHand?: number;

  @ApiPropertyOptional({ description: 'In place of `onHand`, of suppliers: it is made to order, as much as anybody wants.' })
  @IsOptional()
  @IsTruth()
  readonly unlimited?: boolean;

  @ApiPropertyOptional({ minimum: 0, example: 640, description: 'What one unit costs us, minor units of `currency`; of suppliers.' })
  @IsOptional()
  @IsMoney()
  readonly unitCost?: number;

  @ApiPropertyOptional({ example: 'GBP', description: 'Of `unitCost`.' })
  @IsOptional()
  @IsCurrency()
  readonly currency?: string;
}

/** What whoever fulfils for us says: of a shipment, or of its stock. */
export class PartnerNoticeDto {
  @ApiProperty({ enum: noticeTypes, example: 'accepted' })
  @IsIn(noticeTypes)
  readonly type!: NoticeType;

  @ApiPropertyOptional({ format: 'uuid', description: 'As in the request; of all but `stock`.' })
  @IsOptional()
  @IsUUID()
  readonly reference?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description:
      'When it was so, by your clock: of `dispatched` when the carrier took it, of `delivered` when the customer did. Absent: now.',
  })
  @IsOptional()
  @IsInstant()
  readonly occurredAt?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Of `accepted`: when it leaves.' })
  @IsOptional()
  @IsInstant({ aheadMs: YEAR_MS })
  readonly shipsAt?: string;

  @ApiPropertyOptional({ example: 'damaged', description: 'Why: of `rejected`, `cancelled`.' })
  @IsOptional()
  @IsCode()
  readonly code?: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;

  @ApiPropertyOptional({
    enum: effects,
    description:
      'Of `rejected`: `keep`, the goods are there; `minus`, these units are not there; `zero`, nothing of the SKU is there. Absent: as the rules have it for the code.',
  })
  @IsOptional()
  @IsIn(effects)
  readonly stockEffect?: (typeof effects)[number];

  @OptionalNestedList(
    () => PartnerLineDto,
    { max: MOST_LINES },
    { description: 'Of `accepted`, `picked` and `rejected`; absent: all of it.' },
  )
  readonly lines?: readonly PartnerLineDto[];

  @OptionalNestedList(
    () => PartnerParcelDto,
    { max: MOST_PARCELS },
    {
      description:
        'Of `packed` and `dispatched`: units that no parcel holds were short. Absent of `dispatched`: as it was packed; of `delivered`: all of it.',
    },
  )
  readonly parcels?: readonly PartnerParcelDto[];

  @ApiPropertyOptional({ example: 'dhl', description: 'Your carrier, of your own tracking numbers.' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({
    enum: labelGivers,
    description: 'Of `packed`: whose labels its parcels get. Absent: `own` where they have numbers, else as agreed.',
  })
  @IsOptional()
  @IsIn(labelGivers)
  readonly label?: LabelGiver;

  @ApiPropertyOptional({ example: 'LDN', description: 'Of `stock`: our code of your location.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Of `stock`: when it was counted so.' })
  @IsOptional()
  @IsInstant()
  readonly asOf?: string;

  @ApiPropertyOptional({ description: 'Of `stock`: it names all that is there; of other SKUs there is nothing.' })
  @IsOptional()
  @IsTruth()
  readonly whole?: boolean;

  @OptionalNestedList(() => PartnerStockDto, { min: 0, max: MOST_SKUS }, { description: 'Of `stock`: each SKU once.' })
  readonly stock?: readonly PartnerStockDto[];
}
