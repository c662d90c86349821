import type { Meta } from '@cartage/eventsourcing';
import { object, oneOf, optional, reason as reasonShape, text, type Reason } from '@cartage/contracts';
import {
  answerOf,
  Answers,
  CommandMeta,
  IdParam,
  IsCountry,
  IsDay,
  IsId,
  IsNote,
  IsPlainText,
  NoPreview,
  OptionalNested,
  Public,
} from '@cartage/service-kit';
import { Body, Controller, Header, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional } from 'class-validator';
import type { Instructions, InstructionWish } from '../app/instructions';
import type { ShipmentReading } from '../app/shipment-reading';
import { shownShipment, type ShownShipment } from '../app/shipment-shown';
import { instructionsOf } from '../domain/beside';
import { instructionKinds, type InstructionKind } from '../domain/instruction';
import type { Shipment } from '../domain/shipment';
import { shipment as shipmentAnswer } from './shipments.answers';
import { SHIPMENT_READING } from './shipments.controller';

export const INSTRUCTIONS = Symbol('delivery instructions');

export class CorrectedAddressDto {
  @ApiProperty({ type: [String], example: ['1 High Street'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @IsPlainText(200, { each: true })
  readonly lines!: string[];

  @ApiProperty({ example: 'London' })
  @IsPlainText(100)
  readonly city!: string;

  @ApiPropertyOptional({ description: 'State or province.' })
  @IsOptional()
  @IsPlainText(100)
  readonly region?: string;

  @ApiPropertyOptional({ example: 'SW1A 1AA' })
  @IsOptional()
  @IsPlainText(20)
  readonly postalCode?: string;

  @ApiProperty({ example: 'GB' })
  @IsCountry()
  readonly country!: string;
}

export class InstructDeliveryDto {
  @ApiPropertyOptional({ description: 'Every parcel whose delivery failed, if absent.' })
  @IsOptional()
  @IsId(64)
  readonly parcelId?: string;

  @ApiProperty({ enum: instructionKinds })
  @IsIn(instructionKinds)
  readonly instruction!: InstructionKind;

  @ApiPropertyOptional({ example: '2026-11-30', description: 'Local date of the destination, to reschedule.' })
  @IsOptional()
  @IsDay()
  readonly day?: string;

  @OptionalNested(() => CorrectedAddressDto)
  readonly address?: CorrectedAddressDto;

  @ApiPropertyOptional({ example: 'She is at work until six.', description: 'For whoever asks later.' })
  @IsOptional()
  @IsNote(1_000)
  readonly note?: string;
}

/** Whoever has the link may move the day, never the place: a link is forwarded. */
const forAnybody = ['reattempt', 'reschedule'] as const;

export class InstructByLinkDto {
  @ApiPropertyOptional({ description: 'Every parcel whose delivery failed, if absent.' })
  @IsOptional()
  @IsId(64)
  readonly parcelId?: string;

  @ApiProperty({ enum: forAnybody })
  @IsIn(forAnybody)
  readonly instruction!: (typeof forAnybody)[number];

  @ApiPropertyOptional({ example: '2026-11-30', description: 'Local date of the destination, to reschedule.' })
  @IsOptional()
  @IsDay()
  readonly day?: string;
}

interface InstructedByLink {
  readonly instruction: InstructionKind;
  readonly day?: string;
  readonly status: 'accepted' | 'refused' | 'waiting';
  readonly reason?: Reason;
}

const byLink = answerOf<InstructedByLink>()(
  'InstructedByLink',
  object({
    instruction: oneOf(instructionKinds),
    day: optional(text('Local date of the destination.')),
    status: oneOf(['accepted', 'refused', 'waiting'], 'What the carrier says; `waiting`: it is being told.'),
    reason: optional(reasonShape),
  }),
);

const shownByLink = (shipment: Shipment): InstructedByLink => {
  const last = instructionsOf(shipment).at(-1);
  const { instruction = 'reattempt', day, outcome } = last ?? {};
  const status = outcome === undefined ? 'waiting' : outcome.accepted ? 'accepted' : 'refused';
  return { instruction, ...(day === undefined ? {} : { day }), status, ...(outcome?.reason ? { reason: outcome.reason } : {}) };
};

const refuses = {
  conflict: ['SHIPMENT_NOT_DISPATCHED', 'PARCEL_DELIVERED', 'PARCEL_RETURNING', 'DELIVERY_NOT_FAILED'],
  invalid: ['PARCEL_UNKNOWN', 'DAY_MISSING', 'DAY_NEEDLESS', 'DAY_NOT_AHEAD'],
} as const;

@ApiTags('shipping')
@Controller('shipping')
export class InstructionsController {
  constructor(
    @Inject(INSTRUCTIONS) private readonly instructions: Instructions,
    @Inject(SHIPMENT_READING) private readonly reading: ShipmentReading,
  ) {}

  @Post('shipments/:shipmentId/instructions')
  @NoPreview()
  @ApiOperation({
    summary: 'Says what the carrier is to do with parcels that it could not deliver; it is told at once, and again until it answers.',
    description: '`instructed` shows what it says. A carrier that cannot be told from here refuses with `by-hand`.',
  })
  @Answers(200, shipmentAnswer, {
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: [...refuses.conflict, 'PERSONAL_ERASED'],
      invalid: [...refuses.invalid, 'ADDRESS_MISSING', 'ADDRESS_NEEDLESS', 'ID_INVALID'],
    },
  })
  async instruct(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { note, ...wish }: InstructDeliveryDto,
    @CommandMeta() meta: Meta,
  ): Promise<ShownShipment> {
    const reason = { code: 'instructed', ...(note === undefined ? {} : { detail: note }), by: 'operator' };
    return shownShipment(
      shipmentId,
      await this.instructions.instruct(shipmentId, { ...(wish as Omit<InstructionWish, 'reason'>), reason }, meta),
    );
  }

  @Post('track/:token/instructions')
  @Public('link')
  @NoPreview()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The same by whoever has the tracking link: to try again, or on another day. Never to another place.' })
  @Answers(200, byLink, { refuses: { unknown: ['TRACKING_UNKNOWN'], conflict: refuses.conflict, invalid: refuses.invalid } })
  async instructByLink(
    @Param('token') token: string,
    @Body() wish: InstructByLinkDto,
    @CommandMeta() meta: Meta,
  ): Promise<InstructedByLink> {
    const shipmentId = await this.reading.behind(token);
    return shownByLink(await this.instructions.instruct(shipmentId, { ...wish, reason: { code: 'instructed', by: 'customer' } }, meta));
  }
}
