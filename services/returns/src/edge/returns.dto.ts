import { dispositions, grades, limits, type Disposition, type Grade } from '@cartage/contracts';
import {
  ANY_TIME,
  IsCode,
  IsInstant,
  IsLineId,
  IsMoney,
  IsNote,
  IsQuantity,
  IsSku,
  IsTruth,
  ListOf,
  NestedList,
  OptionalNestedList,
  PageQuery,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsUUID } from 'class-validator';
import { answerables, type Answerable } from '../domain/commands';
import { customerConditions, type CustomerCondition } from '../domain/customer-words';
import { refundTenders, type RefundTender } from '../domain/policy';
import { returnStatuses, type ReturnStatus } from '../domain/state';

const size = { max: limits.lines };

const WANTED = { max: 20 };

const NOTE = 2_000;

class WantedGoodsDto {
  @ApiProperty({ example: 'MUG-BLUE' })
  @IsSku()
  sku!: string;

  @ApiProperty({ example: 1, description: 'Units.' })
  @IsQuantity()
  quantity!: number;

  @ApiPropertyOptional({
    example: 1_250,
    description:
      'Of one unit, minor units, as it was said to the customer; that of the price list if absent, and where none has one, what was paid for what comes back.',
  })
  @IsOptional()
  @IsMoney()
  unitPrice?: number;
}

class AskedLineDto {
  @ApiProperty({ example: '1', description: 'Line of the order.' })
  @IsLineId()
  lineId!: string;

  @ApiPropertyOptional({ example: 'BULB', description: 'Of a part of a kit that comes alone; the whole line if absent.' })
  @IsOptional()
  @IsSku()
  sku?: string;

  @ApiProperty({ example: 1, description: 'Units.' })
  @IsQuantity()
  quantity!: number;

  @ApiProperty({ example: 'too-small', description: 'The customer’s reason code.' })
  @IsCode()
  reason!: string;

  @ApiPropertyOptional({ enum: customerConditions, description: 'In which condition it is, as the customer says.' })
  @IsOptional()
  @IsIn(customerConditions)
  condition?: CustomerCondition;

  @OptionalNestedList(() => WantedGoodsDto, WANTED, { description: 'What the customer wants in place of it; money if absent.' })
  exchangeFor?: WantedGoodsDto[];
}

export class RequestReturnDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  orderId!: string;

  @NestedList(() => AskedLineDto, size)
  lines!: AskedLineDto[];

  @ApiPropertyOptional({ enum: refundTenders, description: 'In which way the customer wants the money; as the policy has it if absent.' })
  @IsOptional()
  @IsIn(refundTenders)
  tender?: RefundTender;

  @ApiPropertyOptional({ description: 'Of what is exchanged: the other goods are sent at once, where the policy allows it.' })
  @IsOptional()
  @IsTruth()
  advance?: boolean;

  @ApiPropertyOptional({ description: 'What the customer wrote; it may be personal and is kept sealed.' })
  @IsOptional()
  @IsNote(NOTE)
  @IsNotEmpty()
  note?: string;
}

/** What a scanner reads, or a person. */
class CameInDto {
  @ApiPropertyOptional({ example: '1', description: 'Line of the order; found by the SKU if absent.' })
  @IsOptional()
  @IsLineId()
  lineId?: string;

  @ApiPropertyOptional({ example: 'MUG', description: 'What it is: of a kit also one of its parts; the line’s own if absent.' })
  @IsOptional()
  @IsSku()
  sku?: string;

  @ApiProperty({ example: 1, description: 'Units.' })
  @IsQuantity()
  quantity!: number;
}

export class DecideReturnDto {
  @ApiProperty({ enum: ['authorize', 'decline'] })
  @IsIn(['authorize', 'decline'])
  decision!: 'authorize' | 'decline';

  @ApiPropertyOptional({ example: ['1'], description: 'Lines of the order; all that wait for a decision if absent.' })
  @IsOptional()
  @ListOf(size)
  @IsLineId({ each: true })
  lines?: string[];

  @ApiProperty({ description: 'Why; the customer may be shown it.' })
  @IsNote(1_000)
  @IsNotEmpty()
  note!: string;
}

export class ReceiveReturnDto {
  @ApiProperty({ example: 'LDN-1', description: 'Code of the location where it came in.' })
  @IsCode()
  location!: string;

  @NestedList(() => CameInDto, size, { description: 'What really came: less, more or other than was announced is received all the same.' })
  lines!: CameInDto[];
}

export class ReceiveUnannouncedDto extends ReceiveReturnDto {
  @ApiProperty({ format: 'uuid', description: 'The order that the parcel is of, as its slip or label says.' })
  @IsUUID()
  orderId!: string;
}

export class GradeItemDto extends CameInDto {
  @ApiPropertyOptional({ enum: grades, description: 'Condition: A as new … scrap; absent only of what is missing.' })
  @IsOptional()
  @IsIn(grades)
  grade?: Grade;

  @ApiPropertyOptional({
    enum: dispositions,
    description:
      'What becomes of the units; the policy’s choice for the grade if absent. `missing`: they never came, whatever the receipt says.',
  })
  @IsOptional()
  @IsIn(dispositions)
  disposition?: Disposition;

  @ApiPropertyOptional({
    enum: answerables,
    description: 'Who answers for the condition; absent: the merchant where the customer’s reason says so, else the customer.',
  })
  @IsOptional()
  @IsIn(answerables)
  answerable?: Answerable;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The receipt that the units came with; if absent, the first one with units of this that were not graded.',
  })
  @IsOptional()
  @IsUUID()
  receiptId?: string;
}

export class ReturnQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Of orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  channel?: string;

  @ApiPropertyOptional({ enum: returnStatuses })
  @IsOptional()
  @IsIn(returnStatuses)
  status?: ReturnStatus;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  orderId?: string;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Where goods of it came in.' })
  @IsOptional()
  @IsCode()
  location?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Only those whose customers were promised money until before then that has not all gone back: what is late.',
  })
  @IsOptional()
  @IsInstant(ANY_TIME)
  promisedBefore?: string;
}
