import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  answered,
  commandHeaders,
  Headers,
  IfMatch,
  limitOf,
  pageOf,
  readCursor,
  PageQuery,
  RequestMeta,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Locations } from '../app/locations';
import type { Location } from '../domain/location-profile';
import { location as locationAnswer, locationPage } from './locations.answers';
import { LocationCodeDto, LocationDto } from './locations.dto';

export const LOCATIONS = Symbol('Locations');

/** What a page of the list ends with. */

@ApiTags('locations')
@Controller('inventory/locations')
export class LocationsController {
  constructor(@Inject(LOCATIONS) private readonly locations: Locations) {}

  @Put(':code')
  @ApiOperation({ summary: 'Opens, closes or changes a location.' })
  @Answers(200, locationAnswer, { headers: commandHeaders, refuses: { conflict: ['LOCATION_CLAIMED'] } })
  async put(
    @Param() { code }: LocationCodeDto,
    @Body() body: LocationDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Location> {
    const handled = await this.locations.change(code, body, meta, ifVersion);
    answered(reply, handled);
    return handled.state;
  }

  @Get()
  @ApiOperation({ summary: 'Lists locations by code.' })
  @Answers(200, locationPage)
  async list(@Query() query: PageQuery): Promise<Page<Location>> {
    const rows = await this.locations.list({ after: readCursor(query.cursor, 'text')?.[0], limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ code }) => [code]);
  }

  @Get(':code')
  @ApiOperation({ summary: 'Shows a location.' })
  @Answers(200, locationAnswer, { headers: [Headers.etag], refuses: { unknown: ['LOCATION_UNKNOWN'] } })
  async get(@Param() { code }: LocationCodeDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<Location> {
    const location = await this.locations.get(code);
    answered(reply, { version: location.revision, position: '', repeated: false });
    return location;
  }
}
