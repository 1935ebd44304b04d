// One visit with @gradio/client: list the models, make a picture, work on it, read the history.
// Prints one line of JSON. Usage: node client.mjs <url>
import { Client, handle_file } from "@gradio/client";

const url = process.argv[2];
const app = await Client.connect(url, { events: ["data", "status"] });
const models = (await app.predict("/list_models", { task: "text-to-image" })).data[0];

const made = (
	await app.predict("/text_to_image", {
		prompt: "a lighthouse",
		model: "local/sketch",
		width: 96,
		height: 64,
	})
).data;
const answer = await fetch(made[0][0].image.url);
const bytes = new Uint8Array(await answer.arrayBuffer());
const history = (await app.predict("/history", {})).data[0];

const picture = new Blob([bytes], { type: "image/png" });
const edit = { prompt: "snow", model: "fal/nano-banana-2-edit" };
const edits = [];
for (const images of [[{ image: picture }], [{ image: handle_file(picture), caption: null }]]) {
	edits.push((await app.predict("/edit_image", { images, ...edit })).data[1]);
}
const larger = (await app.predict("/upscale", { image: picture, model: "fal/recraft-crisp" })).data;

let refused = "";
try {
	await app.predict("/text_to_image", { prompt: "a fox", model: "nope" });
} catch (error) {
	refused = error.message;
}

console.log(
	JSON.stringify({
		models: models.map((row) => row.id),
		receipt: made[1],
		magic: Array.from(bytes.slice(1, 4), (byte) => String.fromCharCode(byte)).join(""),
		given: [...edits, larger[1]].map((receipt) => receipt.asked.pictures),
		history: history.map((receipt) => receipt.id),
		refused,
	}),
);
process.exit(0);
