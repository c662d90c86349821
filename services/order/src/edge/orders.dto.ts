import { limits, paymentMethods, priorities, type PaymentMethod, type Priority } from '@cartage/contracts';
import {
  IsCode,
  IsExternalId,
  IsId,
  IsInstant,
  IsLineId,
  IsNamedTexts,
  IsNote,
  IsPlainText,
  IsSku,
  Nested,
  NestedList,
  OptionalNested,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, ArrayMaxSize, IsArray, IsBoolean, IsIn, IsNumber, IsOptional } from 'class-validator';

/** Only shapes and spellings are checked here; what makes an order right is the domain's to say, in its own codes. */

class CustomerDto {
  @ApiPropertyOptional({ example: 'c-17', description: 'Absent for a guest.' })
  @IsOptional()
  @IsId(200)
  id?: string;

  @ApiProperty({ example: 'Ada Miller' })
  @IsPlainText(500)
  name!: string;

  @ApiPropertyOptional({ example: 'ada@example.org' })
  @IsOptional()
  @IsPlainText(320)
  email?: string;

  @ApiPropertyOptional({ example: '+44 20 7946 0000' })
  @IsOptional()
  @IsPlainText(50)
  phone?: string;
}

class ShipToDto {
  @ApiProperty({ type: [String], example: ['1 High Street'] })
  @IsArray()
  @ArrayMaxSize(10)
  @IsPlainText(500, { each: true })
  lines!: string[];

  @ApiProperty({ example: 'London' })
  @IsPlainText(200)
  city!: string;

  @ApiPropertyOptional({ description: 'State or province.' })
  @IsOptional()
  @IsPlainText(200)
  region?: string;

  @ApiPropertyOptional({ example: 'EC1A 1BB' })
  @IsOptional()
  @IsPlainText(20)
  postalCode?: string;

  @ApiProperty({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @IsPlainText(100)
  country!: string;

  @ApiPropertyOptional({ example: 51.5155, description: 'Degrees; told to others rounded to 2 places.' })
  @IsOptional()
  @IsNumber()
  latitude?: number;

  @ApiPropertyOptional({ example: -0.0984 })
  @IsOptional()
  @IsNumber()
  longitude?: number;
}

class LineDto {
  @ApiPropertyOptional({ example: '1', description: 'Unique in the order; without it lines are numbered 1, 2, …' })
  @IsOptional()
  @IsLineId()
  lineId?: string;

  @ApiProperty({ example: '85123A' })
  @IsSku()
  sku!: string;

  @ApiPropertyOptional({ example: 'White hanging heart t-light holder' })
  @IsOptional()
  @IsNote(1_000)
  description?: string;

  @ApiProperty({ example: 2, type: 'integer', minimum: 1 })
  @IsNumber()
  quantity!: number;

  @ApiProperty({ example: 255, type: 'integer', description: 'Of one unit, minor units of the currency.' })
  @IsNumber()
  unitPrice!: number;

  @ApiPropertyOptional({ type: 'integer', default: 0, description: 'Off the whole line, minor units.' })
  @IsOptional()
  @IsNumber()
  discount?: number;

  @ApiPropertyOptional({ type: 'integer', default: 0, description: 'On the whole line, minor units.' })
  @IsOptional()
  @IsNumber()
  tax?: number;

  @ApiPropertyOptional({ description: 'Sold without the right of return.' })
  @IsOptional()
  @IsBoolean()
  finalSale?: boolean;

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, description: 'Customisation: names and values.' })
  @IsOptional()
  @IsNamedTexts()
  attributes?: Record<string, string>;

  @ApiPropertyOptional({ description: 'For whoever packs it.' })
  @IsOptional()
  @IsNote(2_000)
  instructions?: string;
}

class DeliveryChargeDto {
  @ApiProperty({ example: 495, type: 'integer', description: 'Without tax, minor units.' })
  @IsNumber()
  amount!: number;

  @ApiPropertyOptional({ example: 99, type: 'integer', default: 0 })
  @IsOptional()
  @IsNumber()
  tax?: number;
}

class PaymentDto {
  @ApiProperty({ enum: paymentMethods, example: 'card' })
  @IsIn(paymentMethods)
  method!: PaymentMethod;

  @ApiPropertyOptional({ example: 'tok_visa', description: 'The provider’s reference of a payment method. Never card data.' })
  @IsOptional()
  @IsPlainText(500)
  token?: string;
}

/** An order as any channel tells it. */
export class ChannelOrderDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'By the channel’s clock; without it, now.' })
  @IsOptional()
  @IsInstant()
  placedAt?: string;

  @ApiProperty({ example: 'GBP', description: 'ISO 4217; of every amount in the order.' })
  @IsPlainText(100)
  currency!: string;

  @ApiPropertyOptional({ example: 'en-GB', description: 'BCP 47.' })
  @IsOptional()
  @IsPlainText(100)
  locale?: string;

  @Nested(() => CustomerDto)
  customer!: CustomerDto;

  @Nested(() => ShipToDto)
  shipTo!: ShipToDto;

  @NestedList(() => LineDto, { min: 0, max: limits.lines })
  lines!: LineDto[];

  @OptionalNested(() => DeliveryChargeDto, { description: 'What is charged for delivery.' })
  shipping?: DeliveryChargeDto;

  @Nested(() => PaymentDto)
  payment!: PaymentDto;

  @ApiPropertyOptional({ enum: priorities, default: 'standard' })
  @IsOptional()
  @IsIn(priorities)
  priority?: Priority;

  @ApiPropertyOptional({ description: 'For the whole order.' })
  @IsOptional()
  @IsNote(2_000)
  instructions?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'The channel’s own sum, minor units: the order is refused if it is another.' })
  @IsOptional()
  @IsNumber()
  total?: number;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'The channel’s own message; kept, sealed, as it came.' })
  @IsOptional()
  @Allow()
  raw?: unknown;
}

export class PlaceOrderDto extends ChannelOrderDto {
  @ApiPropertyOptional({ example: 'web', default: 'web', description: 'Where it was sold.' })
  @IsOptional()
  @IsCode()
  channel?: string;

  @ApiPropertyOptional({ description: 'The channel’s own number: with it, the same pair is one order whatever the key.' })
  @IsOptional()
  @IsExternalId()
  externalOrderId?: string;
}
