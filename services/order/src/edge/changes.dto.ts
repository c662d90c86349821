import { limits, paymentMethods, type PaymentMethod } from '@cartage/contracts';
import { IsCode, IsInstant, IsLineId, IsPlainText, IsSku, NestedList, OptionalNested, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsNumber, IsOptional, IsUUID } from 'class-validator';
import { longest } from '../domain/placement';
import { shortageChoices, type ShortageChoice } from '../domain/state';
import { AskedDto, askers, type Asker } from './cancellations.dto';

const YEARS_MS = 10 * 366 * 86_400_000;

class HeldLineDto {
  @ApiProperty({ example: '1' })
  @IsLineId()
  lineId!: string;

  @ApiPropertyOptional({ example: 1, type: 'integer', minimum: 1, description: 'Without it, all that has not left.' })
  @IsOptional()
  @IsNumber()
  quantity?: number;
}

export class HoldDto extends AskedDto {
  @ApiProperty({
    example: 'operator',
    description: 'What it waits for: `operator`, `customer`, `fraud`, `address`, or a word of your own.',
  })
  @IsCode()
  type!: string;

  @OptionalNestedList(
    () => HeldLineDto,
    { max: limits.lines },
    { description: 'Units of lines; without it and `shipGroupId` the whole order.' },
  )
  lines?: HeldLineDto[];

  @ApiPropertyOptional({ example: '1', description: 'One ship group.' })
  @IsOptional()
  @IsPlainText(longest.service)
  shipGroupId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Ends by itself then.' })
  @IsOptional()
  @IsInstant({ aheadMs: YEARS_MS })
  until?: string;
}

export class ReleaseDto {
  @ApiPropertyOptional({ enum: askers, default: 'operator', description: 'Whose decision it is.' })
  @IsOptional()
  @IsIn(askers)
  by?: Asker;
}

class SubstituteDto {
  @ApiProperty({ example: '85123B' })
  @IsSku()
  sku!: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of one unit, minor units; without it, that of the line.' })
  @IsOptional()
  @IsNumber()
  unitPrice?: number;
}

export class ShortageDto extends AskedDto {
  @ApiProperty({
    enum: shortageChoices,
    description:
      'Wait for stock with all that goes with it; ship what is there and let the rest wait; take another SKU instead; do without what is not there.',
  })
  @IsIn(shortageChoices)
  choice!: ShortageChoice;

  @OptionalNested(() => SubstituteDto, { description: 'With `substitute`: what stands in.' })
  substitute?: SubstituteDto;
}

class PaymentGivenDto {
  @ApiProperty({ enum: paymentMethods, example: 'card' })
  @IsIn(paymentMethods)
  method!: PaymentMethod;

  @ApiPropertyOptional({ type: 'integer', description: 'Minor units; demanded where there are several. Without it: all that is open.' })
  @IsOptional()
  @IsNumber()
  amount?: number;

  @ApiPropertyOptional({
    example: 'tok_visa',
    description: 'The provider’s reference of a payment method. Never card data. Sealed at once.',
  })
  @IsOptional()
  @IsPlainText(longest.token)
  token?: string;
}

export class PaymentsDto {
  @NestedList(() => PaymentGivenDto, { max: 10 })
  payments!: PaymentGivenDto[];

  @ApiPropertyOptional({
    type: [String],
    description: 'Payments that are asked for no more; without it those that were declined, have expired or wait for the customer.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  replaces?: string[];
}
