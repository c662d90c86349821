import { IsQuantity } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { afterExpiry, type AfterExpiry } from '../domain/rules';
import { IsNamed, isUnits } from './named-values';

const isKeeping = (value: unknown): boolean => isUnits(value) && (value as number) <= 365;

export class PickupRuleDto {
  @IsQuantity({ least: 0, most: 365 })
  readonly days!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer', minimum: 0 }, description: 'Days, by location code.' })
  @IsNamed(isKeeping, 'a whole number of days up to 365')
  readonly byLocation!: Readonly<Record<string, number>>;

  @IsQuantity({ least: 0, most: 365 })
  readonly remindDays!: number;

  @IsQuantity({ least: 0, most: 365 })
  readonly mostDays!: number;

  @ApiPropertyOptional({
    enum: afterExpiry,
    description: 'Of what was sent to a store and not fetched there: it joins its stock, or goes back.',
  })
  @IsOptional()
  @IsIn(afterExpiry)
  readonly then?: AfterExpiry;
}
