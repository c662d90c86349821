import { ANY_TIME, IsCode, IsExternalId, IsInstant, IsNote, IsPlainText, IsQuantity, IsSku, ListOf, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches } from 'class-validator';
import { POSITION } from '../stream.dto';

const IS_POSITION = { message: 'must be the `position` of an event' };
const SOME = { max: 100 };
const MOST_A_SECOND = 5_000;

export class ReplayDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The webhook endpoint that it is sent to. This, or `topic`.' })
  @IsOptional()
  @IsUUID()
  readonly endpointId?: string;

  @ApiPropertyOptional({
    example: 'replays.erp',
    description:
      'The topic that it is sent to, made where it is missing; its name begins as the setting REPLAY_TOPIC_PREFIXES says. This, or `endpointId`.',
  })
  @IsOptional()
  @IsPlainText(249)
  @Matches(/^[A-Za-z0-9._-]+$/, { message: 'must be the name of a topic: letters, digits, dots, underscores and hyphens' })
  readonly topic?: string;

  @ApiPropertyOptional({ description: 'What was recorded then or later.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ description: 'What was recorded before then.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({ example: '1204', description: 'What comes behind the event of this `position`.' })
  @IsOptional()
  @IsPlainText(15)
  @Matches(POSITION, IS_POSITION)
  readonly after?: string;

  @ApiPropertyOptional({ example: '2408', description: 'What comes up to the event of this `position`; absent: up to now.' })
  @IsOptional()
  @IsPlainText(15)
  @Matches(POSITION, IS_POSITION)
  readonly upTo?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['OrderPlaced'],
    description: 'Of these types; absent: of those of the endpoint, to a topic of all.',
  })
  @IsOptional()
  @ListOf(SOME)
  @Matches(/^[A-Z][A-Za-z]{0,79}$/, { each: true, message: 'must be names of types, such as OrderPlaced' })
  readonly type?: readonly string[];

  @ApiPropertyOptional({ type: [String], description: 'Of these orders.' })
  @IsOptional()
  @ListOf(SOME)
  @IsUUID(undefined, { each: true })
  readonly orderId?: readonly string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['item/MUG-RED'],
    description:
      'Published under one of these keys or subjects (`ce_partitionkey`, `ce_subject`): a shipment, a return, a gift card, `item/MUG-RED`.',
  })
  @IsOptional()
  @ListOf(SOME)
  @IsExternalId({ each: true })
  readonly key?: readonly string[];

  @ApiPropertyOptional({ type: [String], example: ['MUG-RED'], description: 'That name one of these SKUs, in a line or as a whole.' })
  @IsOptional()
  @ListOf(SOME)
  @IsSku({ each: true })
  readonly sku?: readonly string[];

  @ApiPropertyOptional({ type: [String], example: ['LDN-1'], description: 'That name one of these locations.' })
  @IsOptional()
  @ListOf(SOME)
  @IsCode({ each: true })
  readonly location?: readonly string[];

  @ApiPropertyOptional({ type: [String], description: 'That name one of these payments.' })
  @IsOptional()
  @ListOf(SOME)
  @IsUUID(undefined, { each: true })
  readonly paymentId?: readonly string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['customer-1042'],
    description: 'That name one of these customers, by the id that the shop has for them.',
  })
  @IsOptional()
  @ListOf(SOME)
  @IsExternalId({ each: true })
  readonly customerId?: readonly string[];

  @ApiPropertyOptional({
    minimum: 1,
    maximum: MOST_A_SECOND,
    default: 50,
    description: 'So many in a second, at most; 500 to an endpoint.',
  })
  @IsOptional()
  @IsQuantity({ most: MOST_A_SECOND })
  readonly rate?: number;

  @ApiPropertyOptional({ example: 'The ERP was restored to Monday.', description: 'What for.' })
  @IsOptional()
  @IsNote(500)
  readonly note?: string;
}

export class ReplaysQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Those to this webhook endpoint.' })
  @IsOptional()
  @IsUUID()
  readonly endpointId?: string;
}
