import { type Control, ControlError } from './control';

export interface ControlAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The control calls of design.md over HTTP: POST /paper/advance {"hours"}, /paper/price {"coin","usd"} (null takes the
 * market's price again), /paper/fault {"path","kind","count"}, GET /paper/state. Undefined when the path is none of them.
 */
export async function controlCall(
  control: Control,
  method: string,
  path: string,
  body: string,
): Promise<ControlAnswer | undefined> {
  const wanted = `${method} ${path}`;
  try {
    switch (wanted) {
      case 'POST /paper/advance':
        return ok({ time: await control.advance(numberOf(fields(body), 'hours')) });
      case 'POST /paper/price': {
        const given = fields(body);
        await control.price(
          textOf(given, 'coin'),
          given.get('usd') === null ? undefined : textOf(given, 'usd'),
        );
        return ok({});
      }
      case 'POST /paper/fault': {
        const given = fields(body);
        const count = given.has('count') ? numberOf(given, 'count') : 1;
        control.fault(textOf(given, 'path'), textOf(given, 'kind'), count);
        return ok({});
      }
      case 'GET /paper/state':
        return ok(await control.state());
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof ControlError) return { status: 400, body: { ok: false, error: error.message } };
    throw error;
  }
}

function ok(values: Readonly<Record<string, unknown>>): ControlAnswer {
  return { status: 200, body: { ok: true, ...values } };
}

function fields(body: string): ReadonlyMap<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new ControlError('the body is no JSON');
  }
  if (typeof parsed !== 'object' || parsed === null) throw new ControlError('the body is no object');
  return new Map(Object.entries(parsed));
}

function textOf(given: ReadonlyMap<string, unknown>, name: string): string {
  const value = given.get(name);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new ControlError(`${name} is missing`);
}

function numberOf(given: ReadonlyMap<string, unknown>, name: string): number {
  const value = Number(textOf(given, name));
  if (!Number.isFinite(value)) throw new ControlError(`${name} must be a number`);
  return value;
}
