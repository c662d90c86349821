import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsNumber,
  IsObject,
  IsOptional,
  IsTimeZone,
  IsUppercase,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { locationKinds } from '@cartage/contracts';
import type { Location, Weekday } from '../domain/location-profile';
import { PlainText } from './plain-text';

export const LOCATION_CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class AddressDto {
  @ApiProperty({ type: [String], example: ['1 Dock Road'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @PlainText(200, { each: true })
  readonly lines!: string[];

  @ApiProperty({ example: 'London' })
  @PlainText(100)
  readonly city!: string;

  @ApiPropertyOptional({ description: 'State or province.' })
  @IsOptional()
  @PlainText(100)
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
  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursDto)
  readonly monday?: HoursDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursDto)
  readonly tuesday?: HoursDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursDto)
  readonly wednesday?: HoursDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursDto)
  readonly thursday?: HoursDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursDto)
  readonly friday?: HoursDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursDto)
  readonly saturday?: HoursDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursDto)
  readonly sunday?: HoursDto;
}

export class CalendarDto {
  @ApiProperty({ example: 'Europe/London' })
  @IsTimeZone()
  readonly timeZone!: string;

  @ApiProperty({ type: WeekDto, description: 'A day that is absent is closed.' })
  @IsObject()
  @ValidateNested()
  @Type(() => WeekDto)
  readonly hours!: WeekDto;

  @ApiProperty({ type: [String], example: ['2026-12-25'] })
  @IsArray()
  @ArrayMaxSize(400)
  @Matches(DAY, { each: true, message: 'must be dates such as 2026-12-25' })
  readonly closedOn!: string[];
}

export class LocationDto {
  @ApiProperty({ example: 'London warehouse' })
  @PlainText(200)
  readonly name!: string;

  @ApiProperty({ enum: locationKinds })
  @IsIn(locationKinds)
  readonly kind!: Location['kind'];

  @ApiProperty({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @IsISO31661Alpha2()
  @IsUppercase()
  readonly country!: string;

  @ApiPropertyOptional({ example: 'E16 2AB' })
  @IsOptional()
  @PlainText(20)
  readonly postalCode?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => AddressDto)
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

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => CalendarDto)
  readonly calendar?: CalendarDto;

  @ApiPropertyOptional({ description: 'Fulfilments that it can take on one day; absent: no limit.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly dailyCapacity?: number;

  @ApiProperty({ description: 'Whether its stock can be promised and shipped.' })
  @IsBoolean()
  readonly active!: boolean;
}

export class LocationCodeDto {
  @ApiProperty({ example: 'LDN-1' })
  @Matches(LOCATION_CODE, { message: 'must be 1 to 64 letters, digits, dots, dashes or underscores' })
  readonly code!: string;
}
