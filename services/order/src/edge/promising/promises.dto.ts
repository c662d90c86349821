import {
  ANY_TIME,
  AsNumber,
  IsCode,
  IsCountry,
  IsDay,
  IsInstant,
  IsPlainText,
  IsQuantity,
  ListOf,
  Nested,
  OptionalNested,
  PageQuery,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsTimeZone, Matches, Max, Min } from 'class-validator';
import { longest } from '../../domain/placement';
import type { CalendarTerms, PromiseTermsSold } from '../../domain/promising/policies';
import type { LearnedTransit } from '../../domain/promising/transit';
import { weekdays, type Weekday } from '../../domain/promising/local-days';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
export class TransitDaysDto {
  @ApiProperty({ example: 1 })
  @IsQuantity({ least: 0, most: 365 })
  readonly least!: number;

  @ApiProperty({ example: 2 })
  @IsQuantity({ least: 0, most: 365 })
  readonly most!: number;
}

export class LearnedTransitDto implements LearnedTransit {
  @ApiProperty({ example: 90, description: 'So many of a hundred deliveries are to need no longer than what is promised.' })
  @IsQuantity({ least: 50, most: 99 })
  readonly percent!: number;

  @ApiProperty({ description: 'Whether it is promised; otherwise it is only recorded beside what is, to be compared.' })
  @IsBoolean()
  readonly decides!: boolean;
}

export class PromisePolicyDto implements PromiseTermsSold {
  @ApiPropertyOptional({ example: 'web', description: 'Only for what is sold there; absent: on all channels.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ example: 'next-day', description: 'Only for this delivery service; absent: for all.' })
  @IsOptional()
  @IsPlainText(longest.service)
  readonly service?: string;

  @ApiPropertyOptional({ example: 'GB', description: 'Only for what goes there; absent: everywhere.' })
  @IsOptional()
  @IsCountry()
  readonly country?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['IV', 'KW'],
    description: 'Only for postal areas of the country that begin so.',
  })
  @IsOptional()
  @ListOf({ max: 1_000 })
  @IsPlainText(longest.postalCode, { each: true })
  readonly postalAreas?: string[];

  @ApiPropertyOptional({
    example: 'LDN-1',
    description: 'The location that usually ships: its calendar and cut-offs hold, as far as it has any.',
  })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiProperty({ example: 'Europe/London', description: 'Of the cut-off, where no location tells its own.' })
  @IsTimeZone()
  readonly timeZone!: string;

  @ApiProperty({ example: '14:00', description: 'Local time: what comes before, on a working day, is begun on that day.' })
  @Matches(CLOCK, { message: 'must be a time of day such as 14:00' })
  readonly cutOff!: string;

  @ApiProperty({ example: 1, description: 'Working days of the place until it leaves; 0: on the day on which it is begun.' })
  @IsQuantity({ least: 0, most: 365 })
  readonly processingDays!: number;

  @Nested(() => TransitDaysDto, { description: 'Working days of the carrier until it is there; 0: on the day on which it leaves.' })
  readonly transitDays!: TransitDaysDto;

  @OptionalNested(() => LearnedTransitDto, {
    description: 'What is learned of how long carriers need, beside `transitDays`; absent: it is not looked at.',
  })
  readonly learned?: LearnedTransitDto;

  @ApiPropertyOptional({
    example: 'GB',
    description: 'The calendar of the place, where no location tells its own; absent: Monday to Friday.',
  })
  @IsOptional()
  @IsCode()
  readonly calendar?: string;

  @ApiPropertyOptional({
    example: 'GB',
    description: 'The calendar of the carrier; absent: the one whose code is the country of destination, or else Monday to Friday.',
  })
  @IsOptional()
  @IsCode()
  readonly carrierCalendar?: string;

  @ApiProperty({ description: 'Otherwise nothing is sold under it any more.' })
  @IsBoolean()
  readonly active!: boolean;
}

export class PromiseCalendarDto implements CalendarTerms {
  @ApiProperty({ enum: weekdays, isArray: true, example: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] })
  @ListOf({ min: 1, max: 7 })
  @IsIn(weekdays, { each: true })
  readonly weekdays!: Weekday[];

  @ApiProperty({ type: [String], example: ['2026-12-25'], description: 'Holidays: not worked, whatever the day of the week.' })
  @ListOf({ min: 0, max: 4_000 })
  @IsDay({ each: true })
  readonly closedOn!: string[];
}

export class PromisePolicyPath {
  @ApiProperty({ example: 'standard-gb' })
  @IsCode()
  readonly policy!: string;
}

export class PromiseCalendarPath {
  @ApiProperty({ example: 'GB', description: 'Under the code of a country: of its carriers, where a policy names no other.' })
  @IsCode()
  readonly calendar!: string;
}

export class RevisionQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'As it was then; absent: as it is.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly revision?: number;
}

export class PromiseTermsQuery extends PageQuery {}

export class QuoteDestinationDto {
  @ApiProperty({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @IsCountry()
  readonly country!: string;

  @ApiPropertyOptional({ description: 'State or province: countries with several clocks.' })
  @IsOptional()
  @IsPlainText(longest.region)
  readonly region?: string;

  @ApiPropertyOptional({ example: 'EC1A 1BB' })
  @IsOptional()
  @IsPlainText(longest.postalCode)
  readonly postalCode?: string;
}

export class PromiseQuoteDto {
  @ApiPropertyOptional({ example: 'web', default: 'web', description: 'Where it would be sold.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ example: 'next-day', description: 'The delivery service.' })
  @IsOptional()
  @IsPlainText(longest.service)
  readonly service?: string;

  @Nested(() => QuoteDestinationDto)
  readonly destination!: QuoteDestinationDto;

  @ApiPropertyOptional({ description: 'When it would be placed; absent: now.' })
  @IsOptional()
  @IsInstant({ ...ANY_TIME, earliest: '2000-01-01T00:00:00Z', aheadMs: 366 * 86_400_000 })
  readonly at?: string;
}
