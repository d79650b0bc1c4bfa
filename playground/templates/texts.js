/**
 * @typedef {object} TemplateText what the library wants to know beside what stands in the example itself
 * @property {string} forWhom
 * @property {string} change how to make it one's own
 */

/** @type {Record<string, TemplateText>} by the name of the example's file */
const TEXTS = {
	'agent-send-message': {
		forWhom:
			'Teams whose support or sales conversations go over several messages, and who want their agent to remember each customer.',
		change:
			'Put a webhook, mailbox or chat trigger in the place of the manual one, and use the ID of your customer or ticket as **Thread ID**.',
	},
	'ai-agent-approved-tool': {
		forWhom:
			'Whoever lets an AI agent work, but wants a person to agree before it starts something that costs money.',
		change:
			'Exchange Telegram for Slack, Gmail or any other human review node, and give the agent further tools that need no approval.',
	},
	'ai-agent-tool': {
		forWhom:
			'Builders of AI agents who have well-tried Fetch Hive workflows and want the agent to use them by itself.',
		change:
			'Add one tool for each Fetch Hive workflow; its name and **Description** tell the model when to use it. Any chat model will do.',
	},
	'ai-agent-waiting-tool': {
		forWhom:
			'Builders of AI agents whose tools take longer than a call may last, such as research, or steps that a person approves.',
		change:
			'Set **Wait At Most** to what your workflow needs, and let the agent tell the user beforehand that the answer will take a while.',
	},
	'collect-many-callbacks': {
		forWhom:
			'Users of the template Collect Many: this is its second half, which receives the results.',
		change:
			'Add columns to the row for what your workflow returns, or a node that tells a channel about each result that arrives.',
	},
	'collect-many': {
		forWhom:
			'Whoever starts tens or hundreds of AI runs and wants to go on once, with all results together and a list of what is missing.',
		change:
			'Read the topics from a sheet or a database, change **deadline**, and put what uses the results in the place of the last node.',
	},
	'download-assets': {
		forWhom:
			'Marketing and content teams whose Fetch Hive workflows make images that have to get into a drive, a shop or a mail.',
		change:
			'Put a node of your storage or mail service in the place of the ZIP file. **Max Asset Size** limits what is downloaded.',
	},
	'fetch-hive-trigger': {
		forWhom:
			'Whoever wants to start an n8n workflow safely when a run in Fetch Hive ends, without checking signatures by hand.',
		change:
			'Choose in **Trigger On** which ends start it, and branch by *run_status* to treat what failed in another way.',
	},
	'hive-agent-invoke-and-wait': {
		forWhom:
			'Teams that hand whole tasks to a Hive Agent and want its report in n8n, however long it works.',
		change: 'Fill in **Objective** from a form or a ticket, and send the report where it is read.',
	},
	'mail-the-result': {
		forWhom:
			'Everyone whose result has to reach people who never open n8n: by mail, or in a channel of their chat.',
		change:
			'Start it by a form or a schedule, and write the mail in HTML when the output is more than a few sentences.',
	},
	'many-items': {
		forWhom:
			'Whoever runs a Fetch Hive workflow for a whole list and does not want one bad row to stop the others.',
		change:
			'Read the list from a sheet or a database, and send what leaves by the second output to whoever can repair it.',
	},
	'prompt-invoke': {
		forWhom:
			'Teams that keep their prompts, and the versions of them, in Fetch Hive instead of in workflows.',
		change:
			'Fill in **Inputs** from your own data, and switch on **Parse JSON Output** when the prompt answers in JSON.',
	},
	'scheduled-digest': {
		forWhom:
			'Editors, analysts and founders who want one short text each morning about the topics that they follow.',
		change:
			'Change the topics and the hour, and add a mail, Slack or Notion node behind the digest.',
	},
	'sheet-rows': {
		forWhom:
			'Teams who keep a list in a sheet, such as topics, leads or products, and want a column that AI fills in.',
		change:
			'Run it every hour by a schedule, or when a row is added, and write further columns from what your workflow returns.',
	},
	'streaming-chat': {
		forWhom: 'Builders of chats who want the answer of a Fetch Hive agent to appear word by word.',
		change:
			'Embed the chat in your website, and give the Chat Trigger a title and first message of your own.',
	},
	'workflow-invoke-and-wait': {
		forWhom:
			'Whoever has Fetch Hive workflows that take minutes or wait for a person, and wants n8n to go on afterwards as if nothing had happened.',
		change:
			'Put your own nodes behind both branches: what uses the result, and what happens when the time is up.',
	},
	'workflow-invoke-async': {
		forWhom:
			'Whoever starts long AI runs from n8n and treats their results in a workflow of its own.',
		change:
			'Pass what the other workflow must know along in **Metadata**, and start it from your own trigger.',
	},
	'workflow-invoke': {
		forWhom:
			'Everyone who is new to Fetch Hive in n8n: the shortest way from an input to an AI result.',
		change:
			'Put your own trigger in front, fill in **Inputs** from its data, and use *output* in the next node.',
	},
};

module.exports = { TEXTS };
