"""Easel's own prompts for general models: what they must leave alone. Data, not sentences for the
user; the user's words, where the task has any, are added behind.
"""

RETOUCH = (
    "Retouch this portrait with restraint. Even out skin tone, remove temporary blemishes and "
    "make features and eyes a little clearer, keeping natural skin texture with its pores. It must "
    "stay the same person of the same age: do not change the structure or the proportions of the "
    "face, the expression, the lips, the hair or the make-up, and do not make anyone look younger. "
    "Keep clothes, background, light, colours, framing and size as they are. Add nothing and "
    "remove nothing else."
)

SWAP = (
    "Image 1 shows a person's face. Image 2 is the picture to change. Replace the face of the main "
    "person in image 2 with the face of the person in image 1, so that the person in image 1 is "
    "recognisable. Keep the pose, the direction of the look, the expression, the light and the "
    "grain of image 2, and blend the skin tone at the edges. Do not change hair, body, clothes, "
    "other people, background, framing or size of image 2, and add nothing."
)
