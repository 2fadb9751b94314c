// Security keys: what the library of sign-in writes into the console alone is told in words.
document.addEventListener("allauth.error", () => {
  const place = document.getElementById("key-trouble");
  if (place) place.hidden = false;
});
