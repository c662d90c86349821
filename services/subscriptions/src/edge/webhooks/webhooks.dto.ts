import {
  AsList,
  ANY_TIME,
  IsCode,
  IsIdentifier,
  IsInstant,
  IsNote,
  IsPlainText,
  IsQuantity,
  ListOf,
  PageQuery,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { deliveryStatuses, type DeliveryStatus } from '../../domain/delivery';
import { POSITION } from '../stream.dto';

const EVENT_TYPE = /^[A-Z][A-Za-z]{0,79}$/;
const TYPES = { max: 100 };
const CHANNELS = { max: 50 };
const WEEK_HOURS = 168;

/** What of an endpoint may be changed. */
export class WebhookEndpointChangeDto {
  @ApiProperty({
    example: 'https://example.org/hooks',
    description: 'Where events are posted to: https, and an address that everybody can reach.',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  @IsIdentifier()
  readonly url!: string;

  @ApiPropertyOptional({ example: 'The ERP.', description: 'What it is for.' })
  @IsOptional()
  @IsNote(500)
  readonly note?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['OrderPlaced', 'OrderCompleted'],
    description: 'Events of these types; absent: of all.',
  })
  @IsOptional()
  @ListOf(TYPES)
  @Matches(EVENT_TYPE, { each: true, message: 'must be names of types, such as OrderPlaced' })
  readonly type?: readonly string[];
}

export class WebhookEndpointDto extends WebhookEndpointChangeDto {
  @ApiPropertyOptional({
    type: [String],
    example: ['web'],
    description: 'Events of orders that were sold there, and none that belong to no order; absent: all. It cannot be changed.',
  })
  @IsOptional()
  @AsList()
  @ListOf(CHANNELS)
  @IsCode({ each: true })
  readonly channel?: readonly string[];

  @ApiPropertyOptional({
    example: '1204',
    description: 'It is sent what comes behind the event of this `position`; absent: what comes from now on.',
  })
  @IsOptional()
  @IsPlainText(15)
  @Matches(POSITION, { message: 'must be the `position` of an event' })
  readonly after?: string;
}

export class WebhookEndpointsQuery extends PageQuery {
  @ApiPropertyOptional({ type: [String], example: ['web'], description: 'Those that are told of no other channels; named once for each.' })
  @IsOptional()
  @AsList()
  @ListOf(CHANNELS)
  @IsCode({ each: true })
  readonly channel?: readonly string[];
}

export class WebhookPauseDto {
  @ApiProperty({ example: 'They move house.', description: 'Why.' })
  @IsPlainText(500)
  readonly reason!: string;
}

export class SecretRotationDto {
  @ApiPropertyOptional({
    ...{ minimum: 0, maximum: WEEK_HOURS, default: 24 },
    description: 'For so many hours the secret of before signs, too; 0: no more at once, because somebody else knows it.',
  })
  @IsOptional()
  @IsQuantity({ least: 0, most: WEEK_HOURS })
  readonly keepHours?: number;
}

export class DeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: deliveryStatuses })
  @IsOptional()
  @IsIn(deliveryStatuses)
  readonly status?: DeliveryStatus;
}

const ended = ['delivered', 'given-up'] as const;

export class RedeliveriesDto {
  @ApiProperty({ description: 'What ended since then.' })
  @IsInstant(ANY_TIME)
  readonly since!: string;

  @ApiPropertyOptional({ enum: ended, isArray: true, default: ['given-up'], description: 'How it ended.' })
  @IsOptional()
  @ListOf({ max: ended.length })
  @IsIn(ended, { each: true })
  readonly status?: readonly (typeof ended)[number][];
}
