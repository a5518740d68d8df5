import type { Location } from "../model/location.ts";
import type { SubjectRef } from "../model/object.ts";

/** What a key asks the world outside for; done after the state has changed. */
export type Effect =
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "edit"; readonly location: Location }
  | {
      readonly type: "suppress";
      readonly rule: string;
      readonly subject: SubjectRef;
      readonly reason: string;
    }
  | { readonly type: "save"; readonly file: string }
  | { readonly type: "refresh" };
