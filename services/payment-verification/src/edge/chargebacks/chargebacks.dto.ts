import { IsCode, IsExternalId, IsInstant, IsMoney, NestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { chargebackStatuses } from '../../app/views/chargeback-list';
import type { ChargebackStatus, Outcome } from '../../domain/chargebacks/chargeback';

export class ChargebackDto {
  @ApiProperty({ format: 'uuid', description: 'The capture that the bank takes back.' })
  @IsUUID()
  readonly captureId!: string;

  @ApiProperty({ description: 'Minor units of the capture’s currency.' })
  @IsMoney({ least: 1 })
  readonly amount!: number;

  @ApiProperty({ example: 'not-received', description: 'The bank’s reason: a stable code.' })
  @IsCode()
  readonly reasonCode!: string;

  @ApiPropertyOptional({ example: 'dp_1', description: 'The bank’s or provider’s own number of it.' })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Until when evidence is taken: somebody is reminded two days before.' })
  @IsOptional()
  @IsInstant({ aheadMs: 366 * 86_400_000 })
  readonly respondBy?: string;
}

export class EvidenceDto {
  @ApiProperty({ example: 'proof-of-delivery' })
  @IsCode()
  readonly kind!: string;

  @ApiProperty({ example: 'POD-4711', description: 'Its number, or where it is kept. Kept for ever: nothing personal.' })
  @IsExternalId()
  readonly reference!: string;
}

export class EvidenceListDto {
  @NestedList(() => EvidenceDto, { max: 50 })
  readonly evidence!: readonly EvidenceDto[];
}

export class OutcomeDto {
  @ApiProperty({ enum: ['won', 'lost'] })
  @IsIn(['won', 'lost'])
  readonly outcome!: Outcome;
}

export class ChargebacksQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Of orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ enum: chargebackStatuses })
  @IsOptional()
  @IsIn(chargebackStatuses)
  readonly status?: ChargebackStatus;

  @ApiPropertyOptional({ format: 'uuid', description: 'Those of one order.' })
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;
}
