const { PolicyPack, Secret } = require("@pulumi/policy");

const ofType = (type, check) => (args, report) => {
  if (args.type === type) check(args, report);
};

new PolicyPack("test-rules", {
  enforcementLevel: "mandatory",
  policies: [
    {
      name: "named",
      description: "A thing must have the configured name.",
      severity: "high",
      configSchema: { properties: { name: { type: "string", default: "good", minLength: 2 } } },
      validateResource: ofType("test:index:Thing", (args, report) => {
        if (args.props.name !== args.getConfig().name) report(`name is ${args.props.name}`);
      }),
    },
    {
      name: "fixed",
      description: "Things get an owner.",
      enforcementLevel: "remediate",
      remediateResource: (args) => {
        if (args.type !== "test:index:Thing" || args.props.owner) return undefined;
        return { ...args.props, owner: "team", token: new Secret(`new-${args.props.name}`) };
      },
      validateResource: ofType("test:index:Thing", (args, report) => {
        if (!args.props.owner) report("still no owner");
      }),
    },
    {
      name: "echo",
      description: "Tells what it got.",
      enforcementLevel: "advisory",
      validateResource: ofType("test:index:Echo", (args, report) => {
        const {
          PULUMI_CONFIG,
          PULUMI_STACK,
          PULUMI_NODEJS_STACK,
          PULUMI_PROJECT,
          PULUMI_ORGANIZATION,
          PULUMI_DRY_RUN,
        } = process.env;
        report(
          JSON.stringify({
            props: args.props,
            urn: args.urn,
            name: args.name,
            opts: args.opts,
            provider: args.provider,
            tag: args.stackTags.get("tier"),
            cwd: process.cwd(),
            environment: {
              PULUMI_CONFIG,
              PULUMI_STACK,
              PULUMI_NODEJS_STACK,
              PULUMI_PROJECT,
              PULUMI_ORGANIZATION,
              PULUMI_DRY_RUN,
              EXTRA: process.env.EXTRA,
            },
          }),
        );
      }),
    },
    {
      name: "throws",
      description: "Fails.",
      enforcementLevel: "advisory",
      validateResource: ofType("test:index:Throw", () => {
        throw new Error("a rule that is broken");
      }),
    },
    {
      name: "ends",
      description: "Ends its process, prints and hangs.",
      enforcementLevel: "advisory",
      validateResource: ofType("test:index:End", (args) => {
        console.error(`going down with ${args.props.token}`);
        process.exit(7);
      }),
    },
    {
      name: "hangs",
      description: "Never answers.",
      enforcementLevel: "advisory",
      validateResource: (args) => (args.type === "test:index:Hang" ? new Promise(() => undefined) : undefined),
    },
    {
      name: "count",
      description: "At most one thing.",
      validateStack: (args, report) => {
        const things = args.resources.filter((resource) => resource.type === "test:index:Thing");
        for (const thing of things.slice(1)) {
          const depends = thing.dependencies.map((other) => other.name).join();
          const named = thing.propertyDependencies.name?.map((other) => other.name).join();
          report(`parent ${thing.parent?.name}, depends on ${depends}, name on ${named}`, thing.urn);
        }
        if (things.length > 1) report("too many");
      },
    },
  ],
});
