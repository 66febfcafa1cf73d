import { RecordedUser } from '../unit/ui/flow/recorded-user';

/** Nobody sits in front of the screen: messages close by themselves, and whatever asks is a fault. */
export class Nobody extends RecordedUser {
  override async say(): Promise<undefined> {
    return undefined;
  }
}
