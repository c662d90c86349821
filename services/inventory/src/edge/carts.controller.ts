import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, Headers, limitOf, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CartDone, Carts, ListedCart, ShownCart } from '../app/carts';
import { cartReservation, cartReservationPage } from './carts.answers';
import { CartReservationDto, CartReservationsQuery, HoldingDto, ReservationIdDto, ttlOf } from './carts.dto';

export const CARTS = Symbol('Carts');

const headers = [Headers.repeated] as const;

@ApiTags('stock')
@Controller('inventory/reservations')
export class CartsController {
  constructor(@Inject(CARTS) private readonly carts: Carts) {}

  @Post()
  @ApiOperation({ summary: 'Keeps stock for a cart, for a time: all of it, or nothing.' })
  @Answers(201, cartReservation, { headers, refuses: { conflict: ['STOCK_SHORT'] } })
  async reserve(
    @Body() body: CartReservationDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownCart> {
    return answer(reply, await this.carts.reserve({ ...body, ttlMs: ttlOf(body) }, meta));
  }

  @Post(':reservationId/extend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keeps it for longer: so many seconds from now on, never fewer than before.' })
  @Answers(200, cartReservation, { headers, refuses: { unknown: ['RESERVATION_UNKNOWN'], conflict: ['RESERVATION_ENDED'] } })
  async extend(
    @Param() { reservationId }: ReservationIdDto,
    @Body() body: HoldingDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownCart> {
    return answer(reply, await this.carts.extend(reservationId, ttlOf(body), meta));
  }

  @Post(':reservationId/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keeps it no more: others can be promised it at once.' })
  @Answers(200, cartReservation, { headers, refuses: { unknown: ['RESERVATION_UNKNOWN'] } })
  async release(
    @Param() { reservationId }: ReservationIdDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownCart> {
    return answer(reply, await this.carts.release(reservationId, meta));
  }

  @Get()
  @ApiOperation({ summary: 'Lists what is kept for carts now, by reservation.' })
  @Answers(200, cartReservationPage)
  async list(@Query() query: CartReservationsQuery): Promise<Page<ListedCart>> {
    const rows = await this.carts.list({ sku: query.sku, after: readCursor(query.cursor, 'uuid')?.[0], limit: limitOf(query) + 1 });
    return pageOf(rows, query, (row) => [row.reservationId]);
  }

  @Get(':reservationId')
  @ApiOperation({ summary: 'Shows what is kept for a cart, or how it ended.' })
  @Answers(200, cartReservation, { refuses: { unknown: ['RESERVATION_UNKNOWN'] } })
  show(@Param() { reservationId }: ReservationIdDto): Promise<ShownCart> {
    return this.carts.get(reservationId);
  }
}

const answer = (reply: FastifyReply, { cart, repeated }: CartDone): ShownCart => {
  if (repeated) reply.header(Headers.repeated, 'true');
  return cart;
};
