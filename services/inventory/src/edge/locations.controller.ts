import type { Meta } from '@cartage/eventsourcing';
import { answered, IfMatch, limitOf, pageOf, PageQuery, readCursor, RequestMeta, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Locations } from '../app/locations';
import type { Location, LocationProfile } from '../domain/location';
import { LocationCodeDto, LocationDto } from './locations.dto';

export const LOCATIONS = Symbol('Locations');

@ApiTags('locations')
@Controller('inventory/locations')
export class LocationsController {
  constructor(@Inject(LOCATIONS) private readonly locations: Locations) {}

  @Put(':code')
  @ApiOperation({ summary: 'Opens, closes or changes a location.' })
  async put(
    @Param() { code }: LocationCodeDto,
    @Body() body: LocationDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Location | undefined> {
    const handled = await this.locations.change(code, profileOf(body), meta, ifVersion);
    answered(reply, handled);
    return handled.state;
  }

  @Get()
  @ApiOperation({ summary: 'Lists locations by code.' })
  async list(@Query() query: PageQuery): Promise<Page<Location>> {
    const [after] = readCursor(query.cursor, 1) ?? [];
    const rows = await this.locations.list({ after: after === undefined ? undefined : String(after), limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ code }) => [code]);
  }

  @Get(':code')
  @ApiOperation({ summary: 'Shows a location.' })
  async get(@Param() { code }: LocationCodeDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<Location> {
    const location = await this.locations.get(code);
    answered(reply, { version: location.revision, position: '', repeated: false });
    return location;
  }
}

/** Plain data, without the fields that were not said. */
const profileOf = (body: LocationDto): LocationProfile => JSON.parse(JSON.stringify(body)) as LocationProfile;
