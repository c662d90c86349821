import {
  ANY_TIME,
  AsNumber,
  IsCode,
  IsCountry,
  IsInstant,
  IsNote,
  IsPlainText,
  IsQuantity,
  IsSku,
  ListOf,
  Nested,
  NestedList,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional } from 'class-validator';
import { AMOUNTS, PolicyAmountDto, ReturnTermsChangeDto, ReturnTermsDto } from './policy-terms.dto';

const NAMED = { max: 10_000 };

export class TermsExceptionDto {
  @ApiProperty({ example: 'shoes' })
  @IsPlainText(100)
  @IsNotEmpty()
  readonly name!: string;

  @ApiPropertyOptional({ type: [String], example: ['web'] })
  @IsOptional()
  @ListOf(NAMED)
  @IsCode({ each: true })
  readonly channels?: readonly string[];

  @ApiPropertyOptional({ type: [String], example: ['DE'], description: 'ISO 3166-1 alpha-2: of the destination.' })
  @IsOptional()
  @ListOf(NAMED)
  @IsCountry({ each: true })
  readonly countries?: readonly string[];

  @ApiPropertyOptional({ type: [String], example: ['shoes'], description: 'As the catalogue has them.' })
  @IsOptional()
  @ListOf(NAMED)
  @IsPlainText(200, { each: true })
  readonly categories?: readonly string[];

  @ApiPropertyOptional({ type: [String], example: ['MUG'] })
  @IsOptional()
  @ListOf(NAMED)
  @IsSku({ each: true })
  readonly skus?: readonly string[];

  @Nested(() => ReturnTermsChangeDto, { description: 'What holds of them instead.' })
  readonly terms!: ReturnTermsChangeDto;
}

export class PolicyNoteDto {
  @ApiProperty({ example: 'Longer over Christmas.', description: 'Why, for those who come after.' })
  @IsNote(1_000)
  @IsNotEmpty()
  readonly note!: string;
}

export class PolicyDraftDto extends PolicyNoteDto {
  @ApiProperty({ example: 'returns-2027-01', description: 'Its name for ever: what it says is never changed.' })
  @IsCode()
  readonly version!: string;

  @Nested(() => ReturnTermsDto, { description: 'What holds of a line, unless an exception says otherwise.' })
  readonly terms!: ReturnTermsDto;

  @NestedList(
    () => TermsExceptionDto,
    { min: 0, max: 1_000 },
    { description: 'Of several that fit a line the later ones win, term by term.' },
  )
  readonly exceptions!: readonly TermsExceptionDto[];

  @NestedList(() => PolicyAmountDto, AMOUNTS, {
    description:
      'A return worth more is looked at by a person first: other currencies follow from the first by rough worth. Empty: none is.',
  })
  readonly reviewAbove!: readonly PolicyAmountDto[];

  @ApiProperty({
    description: 'Goods must be on their way until the end of this many days after the day on which they were allowed to come.',
  })
  @IsQuantity({ least: 1, most: 3_650 })
  readonly authorizationDays!: number;

  @ApiProperty({ description: 'So many days before that the customer is reminded; 0: never.' })
  @IsQuantity({ least: 0, most: 3_650 })
  readonly reminderDays!: number;

  @NestedList(() => PolicyAmountDto, AMOUNTS, {
    description: 'Kept back once an order, however its units are split over returns; only in the currencies that are named.',
  })
  readonly returnFee!: readonly PolicyAmountDto[];

  @ApiPropertyOptional({
    example: 44,
    description:
      'What comes back for an exchange is waited for until the end of this many days after the day on which it was allowed to; 14 more than `authorizationDays` if absent.',
  })
  @IsOptional()
  @IsQuantity({ most: 3_650 })
  readonly exchangeDays?: number;

  @ApiPropertyOptional({
    example: 14,
    description:
      'The customer is promised the money so many days after a carrier, or else a dock, has the goods. No day is promised if absent.',
  })
  @IsOptional()
  @IsQuantity({ least: 1, most: 365 })
  readonly refundDays?: number;

  @ApiProperty({
    enum: ['never', 'whole-return'],
    description: 'Whether delivery is given back once everything that it brought came back.',
  })
  @IsIn(['never', 'whole-return'])
  readonly deliveryRefund!: 'never' | 'whole-return';

  @ApiProperty({
    type: [String],
    example: ['arrived-damaged'],
    description: 'Reasons of customers that are ours, or the carrier’s, to answer for: no fee, no deduction.',
  })
  @ListOf({ min: 0, max: 200 })
  @IsCode({ each: true })
  readonly faultReasons!: readonly string[];
}

export class PolicyTrialQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Returns asked for since then.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'And before then.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({ description: 'At most so many returns, the newest first.', default: 2_000 })
  @IsOptional()
  @AsNumber()
  @IsQuantity({ most: 20_000 })
  readonly limit?: number;
}
