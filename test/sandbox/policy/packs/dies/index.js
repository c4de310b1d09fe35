console.error("cannot read the rules, token hunter2secret");
process.exit(3);
