import { limits, paymentMethods, priorities, type PaymentMethod, type Priority } from '@cartage/contracts';
import {
  IsCode,
  IsExternalId,
  IsId,
  IsInstant,
  IsNote,
  IsPlainText,
  ListOf,
  Nested,
  NestedList,
  OptionalNested,
  OptionalNestedList,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsBoolean, IsIn, IsNumber, IsOptional, IsUUID } from 'class-validator';
import { longest } from '../domain/placement';
import { shortageChoices } from '../domain/state';
import { LineDto } from './order-lines.dto';
import { DeliveryDto, RecipientDto, ShipGroupDto, ShipToDto } from './ship-groups.dto';

/** Only shapes are checked here, by the same definitions of texts; what makes an order right is the domain's to say, in its own codes. */

class CustomerDto extends RecipientDto {
  @ApiPropertyOptional({ example: 'c-17', description: 'Absent for a guest.' })
  @IsOptional()
  @IsId(longest.customerId)
  id?: string;
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
    format: 'uuid',
    description: 'Of the stock that was kept for the cart: the order takes it over, if it still stands.',
  })
  @IsOptional()
  @IsUUID()
  reservationId?: string;

  @ApiPropertyOptional({
    default: false,
    description: 'Whether unit prices and the delivery charge have their taxes in them: `tax` then adds nothing to the total.',
  })
  @IsOptional()
  @IsBoolean()
  taxIncluded?: boolean;

  @Nested(() => CustomerDto)
  customer!: CustomerDto;

  @OptionalNested(() => ShipToDto, { description: 'Where it goes, but for ship groups that say where they go.' })
  shipTo?: ShipToDto;

  @NestedList(() => LineDto, { max: limits.lines })
  lines!: LineDto[];

  @OptionalNested(() => DeliveryDto, { description: 'How it is delivered, and what that costs, where all of it goes to one place.' })
  shipping?: DeliveryDto;

  @OptionalNestedList(
    () => ShipGroupDto,
    { max: longest.shipGroups },
    { description: 'Of an order that goes to several places, or in several ways: each line names its group. Instead of `shipping`.' },
  )
  shipGroups?: ShipGroupDto[];

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

  @ApiPropertyOptional({
    enum: shortageChoices,
    isArray: true,
    example: ['substitute', 'split'],
    description:
      'What becomes of lines that are not in stock, the first that can be followed; absent: as the channel is. `substitute`: another item of the same group, at the price that was agreed.',
  })
  @IsOptional()
  @ListOf({ max: 2 })
  @IsIn(shortageChoices, { each: true })
  ifShort?: string[];

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
