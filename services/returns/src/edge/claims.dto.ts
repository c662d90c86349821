import {
  claimDecisions,
  claimKinds,
  costBearers,
  limits,
  type ClaimDecisionKind,
  type ClaimKind,
  type CostBearer,
} from '@cartage/contracts';
import { IsCode, IsLineId, IsNote, IsQuantity, IsSku, IsTruth, NestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { claimStatuses, type ClaimStatus } from '../domain/claim';
import { refundTenders, type RefundTender } from '../domain/policy';
import { Photos } from './photos';

class ClaimedLineDto {
  @ApiProperty({ example: '1', description: 'Line of the order.' })
  @IsLineId()
  readonly lineId!: string;

  @ApiPropertyOptional({ example: 'BULB', description: 'Of a part of a kit; the whole line if absent.' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiProperty({ example: 1, description: 'Units.' })
  @IsQuantity()
  readonly quantity!: number;

  @ApiProperty({ enum: claimKinds, description: 'What is wrong: it came damaged, was missing in its parcel, or is something else.' })
  @IsIn(claimKinds)
  readonly kind!: ClaimKind;
}

export class OpenClaimDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly orderId!: string;

  @NestedList(() => ClaimedLineDto, { max: limits.lines })
  readonly lines!: ClaimedLineDto[];

  @Photos('Where pictures of it are. Only the URLs are kept; who may see the pictures is up to whoever keeps them.')
  readonly photos?: string[];
}

export class DecideClaimDto {
  @ApiProperty({
    enum: claimDecisions,
    description:
      '`refund`: all that was paid, or a part; `send-again`: an order at no charge; `return`: it comes back at our expense first; `reject`: nothing.',
  })
  @IsIn(claimDecisions)
  readonly decision!: ClaimDecisionKind;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, description: 'Of a refund: how much of what was paid; 100 if absent.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  readonly percent?: number;

  @ApiPropertyOptional({
    description:
      'Of a refund: what was paid for delivery goes back, too, though some of what it brought is kept. In any case it does with the last unit.',
  })
  @IsOptional()
  @IsTruth()
  readonly withDelivery?: boolean;

  @ApiPropertyOptional({ enum: refundTenders, description: 'Of a refund: in which way it goes back.' })
  @IsOptional()
  @IsIn(refundTenders)
  readonly tender?: RefundTender;

  @ApiPropertyOptional({ enum: costBearers, description: 'Who bears the cost; the merchant if absent.' })
  @IsOptional()
  @IsIn(costBearers)
  readonly costBearer?: CostBearer;

  @ApiProperty({ description: 'Why.' })
  @IsNote(1_000)
  @IsNotEmpty()
  readonly note!: string;
}

export class ClaimQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Of orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ enum: claimStatuses })
  @IsOptional()
  @IsIn(claimStatuses)
  readonly status?: ClaimStatus;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;
}
