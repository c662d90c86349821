import { IsCode, IsCountry, IsDay, IsPlainText, Nested, OptionalNested, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsTimeZone,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { locationKinds } from '@cartage/contracts';
import type { Location, Weekday } from '../domain/location-profile';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

export class AddressDto {
  @ApiProperty({ type: [String], example: ['1 Dock Road'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @IsPlainText(200, { each: true })
  readonly lines!: string[];

  @ApiProperty({ example: 'London' })
  @IsPlainText(100)
  readonly city!: string;

  @ApiPropertyOptional({ description: 'State or province.' })
  @IsOptional()
  @IsPlainText(100)
  readonly region?: string;
}

export class HoursDto {
  @ApiProperty({ example: '08:00', description: 'Local time.' })
  @Matches(CLOCK, { message: 'must be a time of day such as 08:00' })
  readonly opens!: string;

  @ApiProperty({ example: '18:00' })
  @Matches(CLOCK, { message: 'must be a time of day such as 18:00' })
  readonly closes!: string;
}

export class WeekDto implements Partial<Record<Weekday, HoursDto>> {
  @OptionalNested(() => HoursDto)
  readonly monday?: HoursDto;

  @OptionalNested(() => HoursDto)
  readonly tuesday?: HoursDto;

  @OptionalNested(() => HoursDto)
  readonly wednesday?: HoursDto;

  @OptionalNested(() => HoursDto)
  readonly thursday?: HoursDto;

  @OptionalNested(() => HoursDto)
  readonly friday?: HoursDto;

  @OptionalNested(() => HoursDto)
  readonly saturday?: HoursDto;

  @OptionalNested(() => HoursDto)
  readonly sunday?: HoursDto;
}

export class CutOffDto {
  @ApiPropertyOptional({ example: 'next-day', description: 'Only for this delivery service; absent: for every other.' })
  @IsOptional()
  @IsPlainText(100)
  readonly service?: string;

  @ApiProperty({ example: '14:00', description: 'Local time: an order that comes before is begun on the same day.' })
  @Matches(CLOCK, { message: 'must be a time of day such as 14:00' })
  readonly until!: string;
}

export class CalendarDto {
  @ApiProperty({ example: 'Europe/London' })
  @IsTimeZone()
  readonly timeZone!: string;

  @Nested(() => WeekDto, { description: 'A day that is absent is closed.' })
  readonly hours!: WeekDto;

  @ApiProperty({ type: [String], example: ['2026-12-25'] })
  @IsArray()
  @ArrayMaxSize(400)
  @IsDay({ each: true })
  readonly closedOn!: string[];

  @OptionalNestedList(() => CutOffDto, { max: 100 }, { description: 'Absent: cut-offs are as the promise policy has them.' })
  readonly cutOffs?: CutOffDto[];
}

export class LocationDto {
  @ApiProperty({ example: 'London warehouse' })
  @IsPlainText(200)
  readonly name!: string;

  @ApiProperty({ enum: locationKinds })
  @IsIn(locationKinds)
  readonly kind!: Location['kind'];

  @ApiProperty({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @IsCountry()
  readonly country!: string;

  @ApiPropertyOptional({ example: 'E16 2AB' })
  @IsOptional()
  @IsPlainText(20)
  readonly postalCode?: string;

  @OptionalNested(() => AddressDto)
  readonly address?: AddressDto;

  @ApiProperty({ example: 51.5, description: 'Degrees.' })
  @IsNumber()
  @Min(-90)
  @Max(90)
  readonly latitude!: number;

  @ApiProperty({ example: -0.14, description: 'Degrees.' })
  @IsNumber()
  @Min(-180)
  @Max(180)
  readonly longitude!: number;

  @OptionalNested(() => CalendarDto)
  readonly calendar?: CalendarDto;

  @ApiPropertyOptional({ description: 'Fulfilments that it can take on one day; absent: no limit.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly dailyCapacity?: number;

  @ApiPropertyOptional({
    description: 'Working days of its own that it needs before goods leave, such as of a supplier that makes them to order; absent: none.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  readonly leadDays?: number;

  @ApiProperty({ description: 'Whether its stock can be promised and shipped.' })
  @IsBoolean()
  readonly active!: boolean;
}

export class LocationCodeDto {
  @ApiProperty({ example: 'LDN-1' })
  @IsCode()
  readonly code!: string;
}
