import {
  asUsual,
  CellFormatsDto,
  IsCode,
  IsColumns,
  IsMeanings,
  IsNamedTexts,
  IsPlainText,
  IsTruth,
  ListOf,
  Nested,
  PageQuery,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { lineKinds, type LineKind } from '../../domain/settlements/line';
import { outcomeCodes, type OutcomeCode } from '../../domain/settlements/matching';
import { lineFields, usualMapping, type LineField, type SourceMapping } from '../../domain/settlements/mapping';
import { resolutions, type Resolution } from '../../domain/settlements/settlement';
import type { SettlementSource } from '../../domain/settlements/sources';

const texts = { type: 'object', additionalProperties: { type: 'string', maxLength: 2000 } } as const;
const MANY = { min: 0, max: 200 };

export class SourceMappingDto extends CellFormatsDto {
  @ApiPropertyOptional({
    enum: ['columns', 'stripe'],
    default: 'columns',
    description: '`stripe`: balance transactions; nothing else has to be said then.',
  })
  @IsOptional()
  @IsIn(['columns', 'stripe'])
  readonly format?: SourceMapping['format'];

  @ApiPropertyOptional({
    ...texts,
    example: { trackingNumber: 'AWB', gross: 'COD Amount', settledAt: 'Remitted On' },
    description: `Which column holds which of ${lineFields.join(', ')}.`,
  })
  @IsOptional()
  @IsNamedTexts()
  @IsColumns(lineFields)
  readonly columns?: Partial<Readonly<Record<LineField, string>>>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', enum: [...lineKinds] },
    example: { Order: 'charge', Refund: 'refund' },
    description: 'What the words in the column of the kind mean.',
  })
  @IsOptional()
  @IsMeanings(lineKinds)
  readonly kinds?: Readonly<Record<string, LineKind>>;

  @ApiPropertyOptional({ enum: lineKinds, description: 'Of lines whose kind is not said, or in another word.' })
  @IsOptional()
  @IsIn(lineKinds)
  readonly kind?: LineKind;

  @ApiPropertyOptional({
    enum: ['signed', 'unsigned'],
    default: 'signed',
    description: '`signed`: below zero is taken from us; `unsigned`: the kind says it.',
  })
  @IsOptional()
  @IsIn(['signed', 'unsigned'])
  readonly signs?: SourceMapping['signs'];

  @ApiPropertyOptional({ enum: ['above-zero', 'below-zero'], default: 'above-zero', description: 'How a fee that we pay is written.' })
  @IsOptional()
  @IsIn(['above-zero', 'below-zero'])
  readonly fees?: SourceMapping['fees'];
}

export class SettlementSourceDto {
  @ApiProperty({ minimum: 1, maximum: 365, example: 7, description: 'After so many days what is not settled is overdue.' })
  @IsInt()
  @Min(1)
  @Max(365)
  readonly overdueDays!: number;

  @ApiPropertyOptional({
    type: [String],
    example: ['stripe'],
    description: 'Adapters of payment providers whose money comes in its files.',
  })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly providers?: readonly string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['marketplace-de'],
    description: 'Channels whose money, and whose order numbers, stand in its files.',
  })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly channels?: readonly string[];

  @ApiPropertyOptional({ type: [String], example: ['delhivery'], description: 'Carriers who hand over in its files what they collected.' })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly carriers?: readonly string[];

  @Nested(() => SourceMappingDto)
  readonly mapping!: SourceMappingDto;
}

/** What is not said is as usual. */
export const sourceOf = (
  source: string,
  { overdueDays, providers, channels, carriers, mapping }: SettlementSourceDto,
): SettlementSource => ({
  ...{ source, overdueDays, providers: providers ?? [], channels: channels ?? [], carriers: carriers ?? [] },
  mapping: asUsual(usualMapping, mapping),
});

export class SettlementUploadQuery {
  @ApiProperty({ example: 'stripe', description: 'Who settles: a registered source.' })
  @IsCode()
  readonly settlementSource!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The settlement whose rows this file mends.' })
  @IsOptional()
  @IsUUID()
  readonly mends?: string;
}

export class SettlementLinesQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly settlementId?: string;

  @ApiPropertyOptional({ example: 'stripe' })
  @IsOptional()
  @IsCode()
  readonly settlementSource?: string;

  @ApiPropertyOptional({ enum: outcomeCodes })
  @IsOptional()
  @IsIn(outcomeCodes)
  readonly outcome?: OutcomeCode;

  @ApiPropertyOptional({ format: 'uuid', description: 'Those of one order.' })
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;

  @ApiPropertyOptional({ description: '`true`: those that do not agree and nobody has closed.' })
  @IsOptional()
  @IsTruth()
  readonly open?: boolean;
}

export class OutstandingQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'stripe' })
  @IsOptional()
  @IsCode()
  readonly settlementSource?: string;

  @ApiPropertyOptional({ example: 'delhivery', description: 'Cash that one carrier has collected.' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsTruth()
  readonly overdue?: boolean;
}

export class ResolutionDto {
  @ApiProperty({
    enum: resolutions,
    description: '`write-off`: it is lost, or won; `accept`: it is right as the file says; `claim`: it is asked for, and stays open.',
  })
  @IsIn(resolutions)
  readonly resolution!: Resolution;

  @ApiProperty({ example: 'bank-charges', description: 'Why: a stable code.' })
  @IsCode()
  readonly reasonCode!: string;

  @ApiPropertyOptional({ maxLength: 500, description: 'In words. Kept for ever: nothing personal.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;
}
