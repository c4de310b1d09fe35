// Rules whose messages and output repeat what they see, secrets included.
const { PolicyPack } = require("@pulumi/policy");

const level = process.env.PACK_LEVEL ?? "advisory";
const shown = (value) => [JSON.stringify(value), Buffer.from(JSON.stringify(value)).toString("base64")].join(" | ");

new PolicyPack("talkative", {
  enforcementLevel: level,
  policies: [
    {
      name: "properties",
      description: "Shows what resources have.",
      validateResource: (args, report) => {
        console.log(`judging ${shown(args.props)}`);
        if (args.props.word !== undefined) report(`it has ${args.props.word} in ${shown(args.props)}`);
      },
    },
    {
      name: "stack",
      description: "Shows what the stack has.",
      validateStack: (args, report) =>
        report(`it holds ${shown(args.resources.map(({ props }) => props))}\nRemedy: do not say ${shown(process.env.PULUMI_CONFIG)}`),
    },
  ],
});
