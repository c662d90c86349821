import { limits, paymentMethods, priorities, type PaymentMethod, type Priority } from '@cartage/contracts';
import {
  IsCode,
  IsExternalId,
  IsId,
  IsInstant,
  IsNote,
  IsPlainText,
  Nested,
  NestedList,
  OptionalNested,
  OptionalNestedList,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, ArrayMaxSize, IsArray, IsBoolean, IsIn, IsNumber, IsOptional } from 'class-validator';
import { longest } from '../domain/placement';
import { LineDto, TaxLineDto } from './order-lines.dto';

/** Only shapes are checked here, by the same definitions of texts; what makes an order right is the domain's to say, in its own codes. */

/** Promises and holds lie ahead; how far is the domain's to say. */
export const AHEAD = { aheadMs: 10 * 366 * 86_400_000 };

export class RecipientDto {
  @ApiProperty({ example: 'Ada Miller' })
  @IsPlainText(longest.name)
  name!: string;

  @ApiPropertyOptional({ example: 'ada@example.org' })
  @IsOptional()
  @IsPlainText(longest.email)
  email?: string;

  @ApiPropertyOptional({ example: '+44 20 7946 0000' })
  @IsOptional()
  @IsPlainText(longest.phone)
  phone?: string;
}

class CustomerDto extends RecipientDto {
  @ApiPropertyOptional({ example: 'c-17', description: 'Absent for a guest.' })
  @IsOptional()
  @IsId(longest.customerId)
  id?: string;
}

export class ShipToDto {
  @ApiProperty({ type: [String], example: ['1 High Street'] })
  @IsArray()
  @ArrayMaxSize(10)
  @IsPlainText(longest.addressLine, { each: true })
  lines!: string[];

  @ApiProperty({ example: 'London' })
  @IsPlainText(longest.city)
  city!: string;

  @ApiPropertyOptional({ description: 'State or province.' })
  @IsOptional()
  @IsPlainText(longest.region)
  region?: string;

  @ApiPropertyOptional({ example: 'EC1A 1BB' })
  @IsOptional()
  @IsPlainText(longest.postalCode)
  postalCode?: string;

  @ApiProperty({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @IsPlainText(longest.code)
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

/** How a ship group is delivered, but for what it costs. */
export class DeliveryTermsDto {
  @ApiPropertyOptional({
    example: 99,
    type: 'integer',
    default: 0,
    description: 'Of the charge, on top of it or in it; or tell each in `taxLines`.',
  })
  @IsOptional()
  @IsNumber()
  tax?: number;

  @OptionalNestedList(() => TaxLineDto, { min: 0, max: 100 })
  taxLines?: TaxLineDto[];

  @ApiPropertyOptional({ example: 'next-day', description: 'The delivery service that was sold.' })
  @IsOptional()
  @IsPlainText(longest.service)
  service?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'To be handed over until then.' })
  @IsOptional()
  @IsInstant(AHEAD)
  shipBy?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Promised to be delivered until then.' })
  @IsOptional()
  @IsInstant(AHEAD)
  deliverBy?: string;
}

export class DeliveryDto extends DeliveryTermsDto {
  @ApiProperty({
    example: 495,
    type: 'integer',
    description: 'What is charged for it, minor units; with tax if the order says `taxIncluded`.',
  })
  @IsNumber()
  amount!: number;
}

export class PaymentDto {
  @ApiProperty({ enum: paymentMethods, example: 'card' })
  @IsIn(paymentMethods)
  method!: PaymentMethod;

  @ApiPropertyOptional({
    type: 'integer',
    description:
      'What is paid so, minor units; demanded where there are several. Without it: all that is open, which is the whole order when it is placed.',
  })
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

/** An order as any channel tells it. */
export class ChannelOrderDto {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'By the channel’s clock; without it, now. Not before 2000, at most a day ahead.',
  })
  @IsOptional()
  @IsInstant()
  placedAt?: string;

  @ApiProperty({ example: 'GBP', description: 'ISO 4217; of every amount in the order.' })
  @IsPlainText(longest.code)
  currency!: string;

  @ApiPropertyOptional({ example: 'en-GB', description: 'BCP 47.' })
  @IsOptional()
  @IsPlainText(longest.locale)
  locale?: string;

  @ApiPropertyOptional({
    default: false,
    description: 'Whether unit prices and the delivery charge have their taxes in them: `tax` then adds nothing to the total.',
  })
  @IsOptional()
  @IsBoolean()
  taxIncluded?: boolean;

  @Nested(() => CustomerDto)
  customer!: CustomerDto;

  @Nested(() => ShipToDto)
  shipTo!: ShipToDto;

  @NestedList(() => LineDto, { max: limits.lines })
  lines!: LineDto[];

  @OptionalNested(() => DeliveryDto, { description: 'How it is delivered, and what that costs.' })
  shipping?: DeliveryDto;

  @OptionalNested(() => PaymentDto, { description: 'How it is paid; or, where there are several ways, `payments`.' })
  payment?: PaymentDto;

  @OptionalNestedList(() => PaymentDto, { max: 10 }, { description: 'Ways of paying that add up to the total.' })
  payments?: PaymentDto[];

  @ApiPropertyOptional({ enum: priorities, default: 'standard' })
  @IsOptional()
  @IsIn(priorities)
  priority?: Priority;

  @ApiPropertyOptional({ description: 'For the whole order.' })
  @IsOptional()
  @IsNote(longest.instructions)
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
