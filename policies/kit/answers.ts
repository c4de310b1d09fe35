import type { Server, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Policies } from "@pulumi/policy";
import { type AnalyzeRequest, AnalyzeResponse, PolicyNotApplicable } from "@pulumi/pulumi/proto/analyzer_pb";

/** How the SDK judges one resource. */
export type Judge = (
  call: { readonly request: AnalyzeRequest },
  done: (error: unknown, answer?: AnalyzeResponse) => void,
) => void;

/** The SDK's own judging, by some policies. */
export type JudgeBy = (policies: Policies) => Judge;

interface AnsweringMethod {
  responseSerialize: (answer: AnalyzeResponse) => Buffer;
}

/** What was learnt since levels changed last. */
interface Learnt {
  /** By type of resource: judging by the policies for it alone. */
  readonly judges: Map<string, Judge>;
  /** By policy: that it does not apply, as bytes of an answer. */
  readonly others: Map<string, Buffer>;
  /** Types that all policies were asked about. */
  readonly asked: Set<string>;
}

const nothing = (): Learnt => ({ judges: new Map(), others: new Map(), asked: new Set() });

/**
 * Judges resources as the SDK does, in less time. The SDK asks all policies about every resource, and tells of each for another type that it
 * does not apply: a thousand times the same for each resource. Here all policies are asked about resources of two types, after which each
 * that is for one type was told once not to apply, or is disabled. From then on only those for the type at hand are asked, and what is said
 * of the others is kept as bytes; protocol buffers concatenate, and the list is the last field of an answer. The reason, which may be left out
 * and says in each case that a policy is for another type, is not kept: without it an answer of a large pack has half the size.
 */
export class AnswersByType {
  private learnt = nothing();
  private readonly rests = new WeakMap<AnalyzeResponse, Buffer>();

  constructor(
    private readonly policies: Policies,
    private readonly judgeBy: JudgeBy,
    private readonly write: AnsweringMethod["responseSerialize"],
  ) {}

  /** Takes the place of `all`, which judges by all policies. */
  analyze(all: Judge): Judge {
    return (call, done) => {
      const type = call.request.getType();
      const { learnt } = this;
      if (learnt.asked.size < 2) {
        all(call, (error, answer) => {
          if (answer !== undefined) this.learn(type, answer, learnt);
          done(error, answer);
        });
        return;
      }
      this.judgeOf(type, learnt)(call, done);
    };
  }

  /** The bytes of an answer. */
  serialize(answer: AnalyzeResponse): Buffer {
    const rest = this.rests.get(answer);
    return rest === undefined ? this.write(answer) : Buffer.concat([this.write(answer), rest]);
  }

  /** Levels have changed, and with them the policies that are asked. */
  forget(): void {
    this.learnt = nothing();
  }

  private learn(type: string, answer: AnalyzeResponse, { asked, others }: Learnt): void {
    asked.add(type);
    for (const other of answer.getNotApplicableList()) {
      const name = other.getPolicyName();
      if (!others.has(name)) others.set(name, this.write(answerWith(name)));
    }
  }

  private judgeOf(type: string, { judges, others }: Learnt): Judge {
    const known = judges.get(type);
    if (known !== undefined) return known;
    const own = this.policies.filter((policy) => mayJudge(policy, type));
    const names = new Set(own.map(({ name }) => name));
    const rest = Buffer.concat([...others].flatMap(([name, bytes]) => (names.has(name) ? [] : [bytes])));
    const judgeByOwn = this.judgeBy(own);
    const judge: Judge = (call, done) =>
      judgeByOwn(call, (error, answer) => {
        if (answer !== undefined) this.rests.set(answer, rest);
        done(error, answer);
      });
    judges.set(type, judge);
    return judge;
  }
}

function answerWith(name: string): AnalyzeResponse {
  const answer = new AnalyzeResponse();
  const other = new PolicyNotApplicable();
  other.setPolicyName(name);
  answer.setNotApplicableList([other]);
  return answer;
}

/** Whether the SDK asks a policy about resources of a type at all. Its own sign of a policy for one type is a field of the function. */
function mayJudge(policy: Policies[number], type: string): boolean {
  if (!("validateResource" in policy) || typeof policy.validateResource !== "function") return true;
  const only = (policy.validateResource as { __pulumiType?: unknown }).__pulumiType;
  return only === undefined || only === type;
}

/** Makes servers of gRPC that are built from now on serve policies that way. */
export function serveByType(
  server: Pick<Server, "addService">,
  service: ServiceDefinition & { readonly analyze: object },
  policies: Policies,
  judgeBy: JudgeBy,
): void {
  const addService = server.addService;
  const method = service.analyze as AnsweringMethod;
  const answers = new AnswersByType(policies, judgeBy, method.responseSerialize);
  server.addService = function (this: Server, definition, implementation) {
    if (definition !== service) return addService.call(this, definition, implementation);
    method.responseSerialize = (answer) => answers.serialize(answer);
    addService.call(this, definition, narrowed(implementation, answers));
  };
}

function narrowed(implementation: UntypedServiceImplementation, answers: AnswersByType): UntypedServiceImplementation {
  const { analyze, configure } = implementation as unknown as { analyze: Judge; configure: Judge };
  const reconfigure: Judge = (call, done) =>
    configure(call, (error, answer) => {
      answers.forget();
      done(error, answer);
    });
  return {
    ...implementation,
    analyze: answers.analyze(analyze) as never,
    configure: reconfigure as never,
  };
}
