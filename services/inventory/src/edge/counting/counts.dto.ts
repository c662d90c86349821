import {
  IsCode,
  IsCurrency,
  IsExternalId,
  IsInstant,
  IsMoney,
  IsPlainText,
  IsQuantity,
  IsSku,
  ListOf,
  NestedList,
  OptionalNested,
  OptionalNestedList,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import type { CountScope } from '../../app/counting/sheets';
import type { CountSheetPlan } from '../../domain/counting/count-sheet';
import { MAX_QUANTITY } from '../stock.dto';

export const MAX_COUNT_LINES = 1_000;
const YEAR_MS = 366 * 86_400_000;

export class CountPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly countId!: string;
}

export class CountLinePath extends CountPath {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;
}

export class CountSheetLineDto {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;

  @ApiPropertyOptional({
    example: 'A-01-3',
    description: 'Where it lies, if elsewhere than shipping was told: the sheet is walked in the order of its bins.',
  })
  @IsOptional()
  @IsCode()
  readonly bin?: string;
}

const CLASSES = ['A', 'B', 'C'] as const;

export class CountChoiceDto {
  @ApiPropertyOptional({
    enum: CLASSES,
    description:
      '`A`: the SKUs that make up four fifths of the units that left there within 90 days; `B`: the next 15 percent; `C`: the rest.',
  })
  @IsOptional()
  @IsIn(CLASSES)
  readonly abc?: (typeof CLASSES)[number];

  @ApiPropertyOptional({ minimum: 0, example: 90, description: 'Only what was not counted for so many days.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: 36_500 })
  readonly olderThanDays?: number;

  @ApiPropertyOptional({
    type: [String],
    example: ['A-01'],
    description:
      'Only what stands in these bins, as shipping was told (`PUT /shipping/locations/<location>/bins`), and in those of which these are the beginning: of `A-01` also `A-01-3`.',
  })
  @IsOptional()
  @ListOf({ max: 200 })
  @IsCode({ each: true })
  readonly bins?: string[];

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_COUNT_LINES, default: 200, description: 'So many, those counted longest ago first.' })
  @IsOptional()
  @IsQuantity({ most: MAX_COUNT_LINES })
  readonly limit?: number;
}

export class CountToleranceDto {
  @ApiPropertyOptional({ minimum: 0, default: 0 })
  @IsOptional()
  @IsQuantity({ least: 0, most: MAX_QUANTITY })
  readonly units?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 100, default: 0, description: 'Of what is expected.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: 100 })
  readonly percent?: number;
}

export class CountValueDto {
  @ApiProperty({ example: 10_000, description: 'Minor units.' })
  @IsMoney()
  readonly amount!: number;

  @ApiProperty({ example: 'GBP' })
  @IsCurrency()
  readonly currency!: string;
}

export class CountApprovalDto {
  @ApiPropertyOptional({ minimum: 0, description: 'A difference of more units.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: MAX_QUANTITY })
  readonly units?: number;

  @OptionalNested(() => CountValueDto, {
    description:
      'A difference that is worth more: at cost, or by the price lists where no cost is known in the currency. What has neither is for a person, too.',
  })
  readonly value?: CountValueDto;
}

export class CountSheetDto {
  @ApiProperty({ example: 'LDN-1' })
  @IsCode()
  readonly location!: string;

  @OptionalNestedList(() => CountSheetLineDto, { max: MAX_COUNT_LINES }, { description: 'These SKUs; absent: as `choose` says.' })
  readonly lines?: CountSheetLineDto[];

  @OptionalNested(() => CountChoiceDto, { description: 'Of what is kept there. Only without `lines`.' })
  readonly choose?: CountChoiceDto;

  @ApiPropertyOptional({ default: true, description: 'What is expected is shown to nobody before a line is settled.' })
  @IsOptional()
  @IsBoolean()
  readonly blind?: boolean;

  @OptionalNested(() => CountToleranceDto, {
    description: 'A count that is nearer to what is expected stands at once: the greater of the two. Else it is counted again.',
  })
  readonly tolerance?: CountToleranceDto;

  @OptionalNested(() => CountApprovalDto, { description: 'What a person has to approve before it is booked; absent: nothing.' })
  readonly approveBeyond?: CountApprovalDto;

  @ApiPropertyOptional({ example: 'CS-2026-48', description: 'The document; it stands in the adjustments. Absent: the id.' })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Then it ends; what is not counted is missed.' })
  @IsOptional()
  @IsInstant({ aheadMs: YEAR_MS })
  readonly dueAt?: string;
}

type Plan = CountSheetPlan & { readonly scope: CountScope };

const approvalOf = ({ units, value }: CountApprovalDto): NonNullable<CountSheetPlan['approval']> => ({
  ...(units === undefined ? {} : { units }),
  ...value,
});

const scopeOf = ({ lines = [], choose = {} }: CountSheetDto): CountScope =>
  lines.length > 0 ? { lines: lines.map((line) => ({ ...line })) } : { ...choose, limit: choose.limit ?? 200 };

export const planOf = (sheet: CountSheetDto): Plan => {
  const { lines: _, choose: __, tolerance: { units = 0, percent = 0 } = {}, approveBeyond, blind = true, ...said } = sheet;
  const approval = approveBeyond ? { approval: approvalOf(approveBeyond) } : {};
  return { ...said, blind, tolerance: { units, percent }, ...approval, scope: scopeOf(sheet) };
};

export class CountEntryDto {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({
    minimum: 0,
    description: 'Units that are there and fit to be sold, also those that are promised or picked and have not left.',
  })
  @IsQuantity({ least: 0, most: MAX_QUANTITY })
  readonly quantity!: number;

  @ApiPropertyOptional({ example: 'badge-17', description: 'Who counted.' })
  @IsOptional()
  @IsExternalId()
  readonly countedBy?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'When; absent: just now. What moved since is reckoned.' })
  @IsOptional()
  @IsInstant()
  readonly countedAt?: string;
}

export class CountEntriesDto {
  @NestedList(
    () => CountEntryDto,
    { max: 500 },
    { description: 'Of a SKU that is named several times, in several places, the units are added.' },
  )
  readonly counts!: CountEntryDto[];
}

export class CountDecisionDto {
  @ApiProperty({ enum: ['approve', 'recount'], description: '`approve`: it is so, and is booked; `recount`: it is to be counted again.' })
  @IsIn(['approve', 'recount'])
  readonly decision!: 'approve' | 'recount';

  @ApiPropertyOptional({ example: 'manager-3', description: 'Who says so; absent: whoever sends it.' })
  @IsOptional()
  @IsExternalId()
  readonly by?: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;
}

export class CountCancellationDto {
  @ApiProperty({ example: 'not-needed' })
  @IsCode()
  readonly reason!: string;
}
